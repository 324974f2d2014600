using Netes.Api;
using Netes.Api.ApiServerInternal;
using Netes.ApiServer.Registry;

namespace Netes.ApiServer.StorageVersions;

/// <summary>One record to write.</summary>
/// <param name="Name">The object's: group and resource.</param>
/// <param name="Storage">What this server says; the server's name is still to be filled in.</param>
/// <param name="Covers">The group and resource of each kind that is stored there.</param>
internal sealed record StorageVersionRecord(
    string Name, ServerStorageVersion Storage, IReadOnlyList<(string Group, string Resource)> Covers);

/// <summary>
/// What there is to be written down: one record per storage, also where two groups share it, as with events. Pure.
/// Source: apiserver pkg/storageversion/manager.go, pkg/endpoints/installer.go.
/// </summary>
internal static class StorageVersionPlan
{
    public static IReadOnlyList<StorageVersionRecord> Of(IEnumerable<ServedResource> served) =>
    [
        .. served.GroupBy(static resource => resource.Cache)
            .Select(static storage => Of([.. storage.Select(static resource => resource.Definition)],
                storage.Key.Strategy.Definition))
            .OrderBy(static record => record.Covers[0].Group, StringComparer.Ordinal)
            .ThenBy(static record => record.Covers[0].Resource, StringComparer.Ordinal),
    ];

    private static StorageVersionRecord Of(IReadOnlyList<ResourceDefinition> definitions, ResourceDefinition stored)
    {
        var covers = definitions.Select(static definition => (definition.Group, definition.Plural)).Distinct()
            .OrderBy(static resource => resource.Group, StringComparer.Ordinal).ToList();
        var (group, plural) = covers[0];
        var own = definitions.Where(definition => definition.Group == group).ToList();
        var decodable = own.Concat(definitions).Prepend(stored).Select(static definition => definition.ApiVersion);
        return new(
            $"{(group.Length == 0 ? "core" : group)}.{plural}",
            new()
            {
                EncodingVersion = stored.ApiVersion,
                DecodableVersions = decodable.Distinct().ToValueList(),
                ServedVersions = own.Select(static definition => definition.ApiVersion).ToValueList(),
            },
            covers);
    }
}
