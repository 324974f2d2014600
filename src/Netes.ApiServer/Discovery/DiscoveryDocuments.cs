using System.Security.Cryptography;
using Netes.Api;
using Netes.Api.Meta;

namespace Netes.ApiServer.Discovery;

/// <summary>
/// What the server tells about its resources: <c>/api</c>, <c>/apis</c> and below. Built once from the definitions.
/// Source: apiserver pkg/endpoints/discovery.
/// </summary>
internal sealed class DiscoveryDocuments
{
    private const string Core = "v1";

    public DiscoveryDocuments(IReadOnlyList<ResourceDefinition> definitions)
    {
        Versions =
        [
            .. definitions
                .GroupBy(static definition => (definition.Group, definition.Version))
                .OrderBy(static version => GroupOrder.Of(version.Key.Group))
                .ThenBy(static version => version.Key.Group, StringComparer.Ordinal)
                .ThenByDescending(static version => GroupOrder.Rank(version.Key.Version))
                .Select(static version => new VersionDocument(version.Key.Group, version.Key.Version,
                    [.. version.OrderBy(static definition => definition.Plural, StringComparer.Ordinal)])),
        ];
        Groups = Versions
            .Where(static version => version.Group.Length > 0)
            .GroupBy(static version => version.Group)
            .Select(static group => Group(group.Key, [.. group.Select(static version => version.Version)]))
            .ToValueList();
    }

    public IReadOnlyList<VersionDocument> Versions { get; }

    /// <summary>Every group but the core one.</summary>
    public ValueList<APIGroup> Groups { get; }

    /// <summary>The versions of the core group, at <c>/api</c>.</summary>
    public static APIVersions CoreVersions(string serverAddress) => new()
    {
        Versions = [Core],
        ServerAddressByClientCIDRs = [new() { ClientCIDR = "0.0.0.0/0", ServerAddress = serverAddress }],
    };

    public static APIResourceList ResourcesOf(VersionDocument version) => new()
    {
        GroupVersion = version.GroupVersion,
        APIResources = version.Definitions.SelectMany(Resources).Concat(ExtraOf(version)).ToValueList(),
    };

    /// <summary>
    /// The storage version's hash: clients only compare it. Source: apiserver
    /// pkg/endpoints/discovery/storageversionhash.go.
    /// </summary>
    public static string StorageHash(string group, string version, string kind)
    {
        var hash = SHA256.HashData(System.Text.Encoding.UTF8.GetBytes($"{group}/{version}/{kind}"));
        return Convert.ToBase64String(hash.AsSpan(0, 8));
    }

    private static APIGroup Group(string name, IReadOnlyList<string> versions)
    {
        var all = versions
            .Select(version => new GroupVersionForDiscovery { GroupVersion = $"{name}/{version}", Version = version })
            .ToValueList();
        return new() { Name = name, Versions = all, PreferredVersion = all[0] };
    }

    private static IEnumerable<APIResource> Resources(ResourceDefinition definition)
    {
        yield return new()
        {
            Name = definition.Plural,
            SingularName = definition.Singular,
            Namespaced = definition.Namespaced,
            Kind = definition.Kind,
            Verbs = definition.Verbs,
            ShortNames = definition.ShortNames,
            Categories = definition.Categories,
            StorageVersionHash = definition.Stored
                ? StorageHash(definition.Group, definition.Version, definition.Kind)
                : "",
        };
        foreach (var subresource in SubresourceEntry.Of(definition))
        {
            yield return new()
            {
                Name = $"{definition.Plural}/{subresource.Name}",
                Namespaced = definition.Namespaced,
                Group = subresource.Group,
                Version = subresource.Version,
                Kind = subresource.Kind,
                Verbs = subresource.Verbs,
            };
        }
    }

    // Bindings can be created, and that is all there is to them: no definition of its own.
    private static IEnumerable<APIResource> ExtraOf(VersionDocument version) => version.Group.Length > 0
        ? []
        :
        [
            new()
            {
                Name = "bindings",
                SingularName = "binding",
                Namespaced = true,
                Kind = "Binding",
                Verbs = ["create"],
            },
        ];
}

/// <summary>The resources of one group and version.</summary>
internal sealed record VersionDocument(string Group, string Version, IReadOnlyList<ResourceDefinition> Definitions)
{
    public string GroupVersion => Group.Length == 0 ? Version : $"{Group}/{Version}";
}
