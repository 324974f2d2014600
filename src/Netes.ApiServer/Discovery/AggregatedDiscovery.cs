using Netes.Api;
using Netes.Api.ApiDiscovery;
using Netes.Api.Meta;

namespace Netes.ApiServer.Discovery;

/// <summary>
/// All groups, versions and resources in one document. Source: KEP-3352; apiserver pkg/endpoints/discovery/aggregated.
/// </summary>
internal static class AggregatedDiscovery
{
    /// <summary>The groups under <c>/api</c> (core) or <c>/apis</c> (the others).</summary>
    public static APIGroupDiscoveryList Build(IEnumerable<VersionDocument> versions) => new()
    {
        Items = versions
            .GroupBy(static version => version.Group)
            .Select(static group => new APIGroupDiscovery
            {
                Metadata = new ObjectMeta { Name = group.Key },
                Versions = group.Select(Version).ToValueList(),
            })
            .ToValueList(),
    };

    private static APIVersionDiscovery Version(VersionDocument version) => new()
    {
        Version = version.Version,
        Freshness = DiscoveryFreshness.Current,
        Resources = version.Definitions.Select(Resource)
            .Concat(version.Group.Length == 0 ? [Bindings()] : [])
            .OrderBy(static resource => resource.Resource, StringComparer.Ordinal)
            .ToValueList(),
    };

    private static APIResourceDiscovery Resource(ResourceDefinition definition) => new()
    {
        Resource = definition.Plural,
        ResponseKind = Kind(definition.Group, definition.Version, definition.Kind),
        Scope = definition.Namespaced ? ResourceScope.Namespaced : ResourceScope.Cluster,
        SingularResource = definition.Singular,
        Verbs = definition.Verbs,
        ShortNames = definition.ShortNames,
        Categories = definition.Categories,
        Subresources = SubresourceEntry.Of(definition).Select(subresource => new APISubresourceDiscovery
        {
            Subresource = subresource.Name,
            ResponseKind = subresource.Version.Length == 0
                ? Kind(definition.Group, definition.Version, subresource.Kind)
                : Kind(subresource.Group, subresource.Version, subresource.Kind),
            Verbs = subresource.Verbs,
        }).ToValueList(),
    };

    private static APIResourceDiscovery Bindings() => new()
    {
        Resource = "bindings",
        ResponseKind = Kind("", "v1", "Binding"),
        Scope = ResourceScope.Namespaced,
        SingularResource = "binding",
        Verbs = ["create"],
    };

    private static GroupVersionKind Kind(string group, string version, string kind) =>
        new() { Group = group, Version = version, Kind = kind };
}
