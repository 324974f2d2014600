using Netes.Api;
using Netes.ApiServer.Authentication;
using Netes.ApiServer.Authorization.Rbac;
using Netes.Tests.ApiServer.Authorization;

namespace Netes.Tests.ApiServer.Authentication;

public sealed class ImpersonationTests
{
    private readonly MemoryObjects _objects = new();

    /// <summary>Rights held, headers sent, then the user that results, or why not.</summary>
    [Theory]
    [InlineData("", "", "root")]
    [InlineData("users", "User=alice", "alice[system:authenticated]")]
    [InlineData("users|alice", "User=alice", "alice[system:authenticated]")]
    [InlineData("users|bob", "User=alice", "403")]
    [InlineData("", "User=alice", "403")]
    [InlineData("users", "User=alice;Group=dev", "403")]
    [InlineData("users,groups", "User=alice;Group=dev;Group=ops", "alice[dev,ops,system:authenticated]")]
    [InlineData("users,groups|alice,dev", "User=alice;Group=dev;Group=system:masters", "403")]
    [InlineData("users,groups", "Group=dev", "400")]
    [InlineData("users,groups", "Uid=1", "400")]
    [InlineData("users", "User=alice;Uid=1", "403")]
    [InlineData("users", "User=alice;Extra-scopes=x", "403")]
    [InlineData("users", "User=alice;Nonsense=x", "400")]
    [InlineData("users", "User=system:serviceaccount:default:app", "403")]
    [InlineData("serviceaccounts", "User=system:serviceaccount:default:app",
        "system:serviceaccount:default:app"
        + "[system:serviceaccounts,system:serviceaccounts:default,system:authenticated]")]
    [InlineData("users", "User=system:anonymous", "system:anonymous[system:unauthenticated]")]
    public async Task Headers_makeTheUserThatTheSenderMayBe(string rights, string headers, string expected)
    {
        if (rights.Length > 0)
        {
            var parts = rights.Split('|');
            var names = parts.Length > 1 ? $"|{parts[1]}" : "";
            _objects.Add(RbacTests.ClusterRole("r", $"impersonate|core|{parts[0]}{names}"));
            _objects.Add(RbacTests.BindEverywhere("b", "r", new() { Kind = "User", Name = "root" }));
        }

        Assert.Equal(expected, await ApplyAsync(headers));
    }

    [Fact]
    public async Task UidAndExtra_takeTheirOwnRights()
    {
        _objects.Add(RbacTests.ClusterRole(
            "r", "impersonate|core|users", "impersonate|authentication.k8s.io|uids|1",
            "impersonate|authentication.k8s.io|userextras/scopes|view"));
        _objects.Add(RbacTests.BindEverywhere("b", "r", new() { Kind = "User", Name = "root" }));
        Assert.Equal("alice[system:authenticated]", await ApplyAsync("User=alice;Uid=1;Extra-Scopes=view"));
        Assert.Equal("403", await ApplyAsync("User=alice;Uid=2"));
        Assert.Equal("403", await ApplyAsync("User=alice;Extra-scopes=view;Extra-scopes=edit"));
        Assert.Equal("403", await ApplyAsync("User=alice;Extra-other=view"));
    }

    private async Task<string> ApplyAsync(string headers)
    {
        using var rbac = new RbacAuthorizer(_objects);
        var list = headers.Split(';', StringSplitOptions.RemoveEmptyEntries)
            .Select(static header => header.Split('=', 2))
            .Select(static pair => KeyValuePair.Create($"Impersonate-{pair[0]}", pair[1]))
            .Append(KeyValuePair.Create("Accept", "application/json"));
        try
        {
            var user = await Impersonation.ApplyAsync(
                new UserIdentity { Name = "root" }, list, rbac, CancellationToken.None);
            return user.Groups.IsEmpty ? user.Name : $"{user.Name}[{string.Join(",", user.Groups)}]";
        }
        catch (ApiException failure)
        {
            return failure.Code.ToString(System.Globalization.CultureInfo.InvariantCulture);
        }
    }
}
