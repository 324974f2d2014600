using Netes.Api;
using Netes.Api.Rbac;
using Netes.ApiServer.Authentication;
using Netes.ApiServer.Authorization;
using Netes.ApiServer.Authorization.Rbac;

namespace Netes.Tests.ApiServer.Authorization;

public sealed class RbacEscalationTests
{
    private static readonly UserIdentity Bob = new() { Name = "bob", Groups = ["dev", "system:authenticated"] };

    private readonly MemoryObjects _objects = new();

    [Fact]
    public async Task GrantingMoreThanHeld_isForbiddenWithTheMissingRules()
    {
        Hold("get,list|core|pods");
        var failure = await CheckRole("get,list,delete|core|pods", "get,watch|core|secrets");
        Assert.Equal(
            "roles.rbac.authorization.k8s.io \"new\" is forbidden: user \"bob\" (groups=[\"dev\" "
                + "\"system:authenticated\"]) is "
            + "attempting to grant RBAC permissions not currently held:\n"
            + "{APIGroups:[\"\"], Resources:[\"pods\"], Verbs:[\"delete\"]}\n"
            + "{APIGroups:[\"\"], Resources:[\"secrets\"], Verbs:[\"get\" \"watch\"]}",
            failure?.Message);
    }

    [Theory]
    [InlineData("get,list|core|pods", "get|core|pods", true)]
    [InlineData("*|*|*", "delete|apps|deployments/scale", true)]
    [InlineData("get|core|pods", "get|core|*", false)]
    [InlineData("get|core|pods", "*|core|pods", false)]
    [InlineData("get|core|pods", "get|*|pods", false)]
    [InlineData("get|core|secrets|a", "get|core|secrets|a", true)]
    [InlineData("get|core|secrets|a", "get|core|secrets|a,b", false)]
    [InlineData("get|core|secrets|a", "get|core|secrets", false)]
    [InlineData("get|core|secrets", "get|core|secrets|a", true)]
    [InlineData("get|core|*/log", "get|core|pods/log", true)]
    [InlineData("get|core|pods", "get|core|pods/log", false)]
    [InlineData("delete|core|pods", "deletecollection|core|pods", false)]
    [InlineData("escalate|rbac.authorization.k8s.io|roles", "*|*|*", true)]
    [InlineData("escalate|rbac.authorization.k8s.io|roles|new", "*|*|*", true)]
    [InlineData("escalate|rbac.authorization.k8s.io|roles|other", "*|*|*", false)]
    public async Task Role_mayHoldWhatItsWriterHolds(string held, string granted, bool allowed)
    {
        Hold(held);
        Assert.Equal(allowed, await CheckRole(granted) is null);
    }

    [Fact]
    public async Task Masters_mayGrantAll()
    {
        using var rbac = new RbacAuthorizer(_objects);
        var root = new UserIdentity { Name = "root", Groups = ["system:masters"] };
        await new RbacEscalation(_objects, rbac, rbac)
            .CheckRoleAsync(root, Write("*|*|*"), default, CancellationToken.None);
    }

    [Theory]
    [InlineData("get|core|pods", true)]
    [InlineData("get|core|secrets", false)]
    [InlineData("bind|rbac.authorization.k8s.io|clusterroles|reader", true)]
    [InlineData("bind|rbac.authorization.k8s.io|clusterroles|other", false)]
    [InlineData("bind|rbac.authorization.k8s.io|roles|reader", false)]
    public async Task Binding_mayGiveWhatItsWriterHoldsOrMayBind(string held, bool allowed)
    {
        Hold(held);
        _objects.Add(RbacTests.ClusterRole("reader", "get|core|pods"));
        using var rbac = new RbacAuthorizer(_objects);
        var check = async () => await new RbacEscalation(_objects, rbac, rbac).CheckBindingAsync(
            Bob, new RoleRef { Kind = "ClusterRole", Name = "reader" },
                new BindingWrite("rolebindings", "default", "b"),
            CancellationToken.None);
        if (allowed)
        {
            await check();
        }
        else
        {
            Assert.True((await Assert.ThrowsAsync<ApiException>(check)).IsForbidden);
        }
    }

    [Fact]
    public async Task BindingARoleThatIsAbsent_isNotFound()
    {
        using var rbac = new RbacAuthorizer(_objects);
        var failure = await Assert.ThrowsAsync<ApiException>(async () => await new RbacEscalation(_objects, rbac, rbac)
            .CheckBindingAsync(
                Bob, new RoleRef { Kind = "Role", Name = "gone" }, new BindingWrite("rolebindings", "default", "b"),
                CancellationToken.None));
        Assert.True(failure.IsNotFound);
    }

    /// <summary>Two thousand random pairs of held and granted rules against a model that tries every request.</summary>
    [Fact]
    public void CoveredRule_allowsNoRequestThatWasNotAllowed()
    {
        var random = new Random(7);
        var (requests, covered) = (AllRequests().ToList(), 0);
        for (var i = 0; i < 2000; i++)
        {
            var held = Enumerable.Range(0, random.Next(4)).Select(_ => RandomRule(random)).ToList();
            var granted = RandomRule(random);
            if (RuleCoverage.FindMissing(held, [granted]).Count > 0)
            {
                continue;
            }

            covered++;
            Assert.All(requests, request => Assert.True(
                !PolicyRules.Allows(granted, request) || held.Exists(rule => PolicyRules.Allows(rule, request)),
                $"{PolicyRules.Describe(granted)} by {string.Join(" ", held.Select(PolicyRules.Describe))}"));
        }

        Assert.True(covered > 100);
    }

    private static PolicyRule RandomRule(Random random)
    {
        ValueList<string> Some(params string[] all)
        {
            var some = all.Where(_ => random.Next(2) == 0).ToValueList();
            return some.IsEmpty ? [all[random.Next(all.Length)]] : some;
        }

        return new PolicyRule
        {
            Verbs = Some("get", "list", "*"),
            ApiGroups = Some("", "apps", "*"),
            Resources = Some("pods", "pods/log", "*/log", "*"),
            ResourceNames = random.Next(3) == 0 ? Some("a", "b") : default,
        };
    }

    private static IEnumerable<AuthorizationAttributes> AllRequests() =>
        from verb in new[] { "get", "list", "delete" }
        from space in new[] { "core", "apps", "batch" }
        from resource in new[] { "pods", "pods/log", "jobs", "jobs/log", "pods/exec" }
        from name in new[] { "", " a", " b", " c" }
        select RbacTests.Request("x", $"{verb} {space} {resource} default{name}");

    private void Hold(string rule) =>
        _objects.Add(RbacTests.Role("held", rule)).Add(RbacTests.Bind("held", "held", "bob"));

    private async Task<ApiException?> CheckRole(params string[] rules)
    {
        using var rbac = new RbacAuthorizer(_objects);
        return await Record.ExceptionAsync(async () => await new RbacEscalation(_objects, rbac, rbac).CheckRoleAsync(
            Bob, Write(rules), default, CancellationToken.None)) as ApiException;
    }

    private static RoleWrite Write(params string[] rules) =>
        new("roles", "default", "new", rules.Select(RbacTests.Rule).ToValueList());
}
