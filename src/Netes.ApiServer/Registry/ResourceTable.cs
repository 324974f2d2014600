using Netes.Api;
using Netes.ApiServer.Caching;

namespace Netes.ApiServer.Registry;

/// <summary>Every resource that is served, and the caches behind those that are stored.</summary>
internal sealed class ResourceTable
{
    private readonly Dictionary<(string Group, string Version, string Plural), ServedResource> _served = [];
    private readonly Dictionary<string, ResourceCache> _caches = new(StringComparer.Ordinal);

    public ResourceTable(IReadOnlyList<ResourceDefinition> definitions, long ringBytes)
    {
        var visitor = new StrategyVisitor();
        foreach (var definition in definitions.Where(static definition => definition.Stored))
        {
            var strategy = definition.Accept(visitor);
            var (storage, converter) = SharedStorages.Find(definition);
            if (!_caches.TryGetValue(strategy.StoragePrefix, out var cache))
            {
                cache = new(storage is null ? strategy : storage.Accept(visitor), ringBytes);
                _caches.Add(strategy.StoragePrefix, cache);
            }

            _served.Add((definition.Group, definition.Version, definition.Plural), new(strategy, cache, converter));
        }
    }

    public IEnumerable<ResourceCache> Caches => _caches.Values;

    public IEnumerable<ServedResource> All => _served.Values;

    public ServedResource? Find(string group, string version, string plural) =>
        _served.GetValueOrDefault((group, version, plural));

    /// <summary>The resource of a kind that is stored.</summary>
    public ServedResource Of(ResourceDefinition definition) =>
        _served[(definition.Group, definition.Version, definition.Plural)];
}
