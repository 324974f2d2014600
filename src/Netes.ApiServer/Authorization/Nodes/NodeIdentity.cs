using Netes.ApiServer.Authentication;

namespace Netes.ApiServer.Authorization.Nodes;

/// <summary>Which node a user is. Source: pkg/auth/nodeidentifier/default.go.</summary>
public static class NodeIdentity
{
    private const string Prefix = "system:node:";

    /// <summary>True for a member of <c>system:nodes</c> with a node's user name.</summary>
    public static bool IsNode(UserIdentity user, out string nodeName)
    {
        nodeName = "";
        if (!user.Name.StartsWith(Prefix, StringComparison.Ordinal) || !user.IsIn(KnownGroups.Nodes))
        {
            return false;
        }

        nodeName = user.Name[Prefix.Length..];
        return true;
    }
}
