using Netes.Api;

namespace Netes.ApiServer.Authentication;

/// <summary>Who asks. Source: apiserver pkg/authentication/user/user.go.</summary>
public sealed record UserIdentity
{
    public required string Name { get; init; }

    public string Uid { get; init; } = "";

    public ValueList<string> Groups { get; init; }

    public ValueMap<ValueList<string>> Extra { get; init; }

    /// <summary>The API server itself. Source: user.go, APIServerUser.</summary>
    public static UserIdentity ApiServer { get; } = new()
    {
        Name = "system:apiserver",
        Groups = [KnownGroups.Masters, KnownGroups.Authenticated],
    };

    public static UserIdentity Anonymous { get; } = new()
    {
        Name = "system:anonymous",
        Groups = [KnownGroups.Unauthenticated],
    };

    public bool IsIn(string group) => Groups.AsSpan().Contains(group);
}

/// <summary>Groups with a meaning of their own. Source: apiserver pkg/authentication/user/user.go.</summary>
public static class KnownGroups
{
    public const string Masters = "system:masters";
    public const string Nodes = "system:nodes";
    public const string Authenticated = "system:authenticated";
    public const string Unauthenticated = "system:unauthenticated";
    public const string Bootstrappers = "system:bootstrappers";
    public const string ServiceAccounts = "system:serviceaccounts";
    public const string Monitoring = "system:monitoring";
}
