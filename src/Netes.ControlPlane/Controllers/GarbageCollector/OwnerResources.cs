using Netes.Api;
using Netes.Api.Meta;

namespace Netes.ControlPlane;

/// <summary>Finds the resource of an owner by its group and kind.</summary>
internal static class OwnerResources
{
    private static readonly Dictionary<(string Group, string Kind), ResourceDefinition> ByKind = Make();

    public static ResourceDefinition? Find(OwnerReference owner)
    {
        var slash = owner.ApiVersion.IndexOf('/', StringComparison.Ordinal);
        return ByKind.GetValueOrDefault((slash < 0 ? "" : owner.ApiVersion[..slash], owner.Kind));
    }

    private static Dictionary<(string Group, string Kind), ResourceDefinition> Make()
    {
        var resources = new Dictionary<(string, string), ResourceDefinition>();
        foreach (var resource in Resources.All.Where(resource => resource.Stored))
        {
            // Of several versions any will do.
            resources.TryAdd((resource.Group, resource.Kind), resource);
        }

        return resources;
    }
}
