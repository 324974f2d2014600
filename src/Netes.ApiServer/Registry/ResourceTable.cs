using Netes.Api;
using Netes.ApiServer.Caching;

namespace Netes.ApiServer.Registry;

/// <summary>Every resource that is stored, the caches behind them, and which of them are served.</summary>
internal sealed class ResourceTable
{
    private readonly Dictionary<(string Group, string Version, string Plural), ServedResource> _served = [];
    private readonly Dictionary<(string Group, string Version, string Plural), ServedResource> _stored = [];
    private readonly Dictionary<string, ResourceCache> _caches = new(StringComparer.Ordinal);

    public ResourceTable(IReadOnlyList<ResourceDefinition> definitions, long ringBytes)
        : this(definitions, definitions, ringBytes)
    {
    }

    /// <param name="served">What requests may ask for.</param>
    /// <param name="needed">What the server itself works with, whether it is served or not.</param>
    /// <param name="ringBytes">Events held in memory, per resource.</param>
    public ResourceTable(
        IReadOnlyList<ResourceDefinition> served, IReadOnlyList<ResourceDefinition> needed, long ringBytes)
    {
        var visitor = new StrategyVisitor();
        var isServed = served.ToHashSet(ReferenceEqualityComparer.Instance);
        var all = needed.Concat(served.Except(needed, ReferenceEqualityComparer.Instance).Cast<ResourceDefinition>());
        foreach (var definition in all.Where(static definition => definition.Stored))
        {
            var strategy = definition.Accept(visitor);
            var (storage, converter) = SharedStorages.Find(definition);
            if (!_caches.TryGetValue(strategy.StoragePrefix, out var cache))
            {
                cache = new(storage is null ? strategy : storage.Accept(visitor), ringBytes);
                _caches.Add(strategy.StoragePrefix, cache);
            }

            var resource = new ServedResource(strategy, cache, converter);
            _stored.Add((definition.Group, definition.Version, definition.Plural), resource);
            if (isServed.Contains(definition))
            {
                _served.Add((definition.Group, definition.Version, definition.Plural), resource);
            }
        }
    }

    public IEnumerable<ResourceCache> Caches => _caches.Values;

    /// <summary>What requests may ask for.</summary>
    public IEnumerable<ServedResource> All => _served.Values;

    /// <summary>Null: nobody may ask for it.</summary>
    public ServedResource? Find(string group, string version, string plural) =>
        _served.GetValueOrDefault((group, version, plural));

    /// <summary>The resource of a kind that is stored.</summary>
    public ServedResource Of(ResourceDefinition definition) =>
        _stored[(definition.Group, definition.Version, definition.Plural)];
}
