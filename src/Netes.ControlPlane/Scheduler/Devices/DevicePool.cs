using Netes.Api;
using Netes.Api.Core;
using Netes.Api.DynamicResources;

namespace Netes.ControlPlane.Scheduling;

/// <summary>
/// The slices of a pool, of its newest generation. Immutable. Source: dynamic-resource-allocation/structured, Pool.
/// </summary>
internal sealed class DevicePool
{
    public DevicePool(string driver, string name, IReadOnlyList<ResourceSlice> slices)
    {
        (Driver, Name, Slices) = (driver, name, slices);
        IsComplete = slices.Count == slices[0].Spec.Pool.ResourceSliceCount;
        var names = new HashSet<string>(StringComparer.Ordinal);
        foreach (var device in slices.SelectMany(static slice => slice.Spec.Devices))
        {
            IsInvalid |= !names.Add(device.Name);
            HasBindingConditions |= !device.BindingConditions.IsEmpty;
        }

        foreach (var set in slices.SelectMany(static slice => slice.Spec.SharedCounters))
        {
            Counters[set.Name] = set.Counters;
        }
    }

    public string Driver { get; }

    public string Name { get; }

    /// <summary>All of its devices are known; while its driver writes it anew, they are not.</summary>
    public bool IsComplete { get; }

    /// <summary>Two of its devices have one name.</summary>
    public bool IsInvalid { get; }

    public bool HasBindingConditions { get; }

    public IReadOnlyList<ResourceSlice> Slices { get; }

    /// <summary>What its devices share, by the names of the sets.</summary>
    public Dictionary<string, ValueMap<Counter>> Counters { get; } = new(StringComparer.Ordinal);

    /// <summary>Whether one of the slice's devices may be reached from the node.</summary>
    public static bool IsFor(ResourceSlice slice, Node node) => slice.Spec.PerDeviceNodeSelection == true
        ? slice.Spec.Devices.Any(device => IsFor(device, node))
        : Matches(node, slice.Spec.NodeName, slice.Spec.AllNodes, slice.Spec.NodeSelector);

    public static bool IsFor(Device device, Node node) =>
        Matches(node, device.NodeName, device.AllNodes, device.NodeSelector);

    public override string ToString() => $"{Driver}/{Name}";

    private static bool Matches(Node node, string? name, bool? all, NodeSelector? selector) =>
        name is { Length: > 0 } ? node.Metadata.Name == name
        : all == true || (selector is not null && NodeSelectors.Matches(selector.NodeSelectorTerms, node));
}

/// <summary>A pool with those of its slices that a node may use.</summary>
internal readonly record struct NodePool(DevicePool Pool, IReadOnlyList<ResourceSlice> Slices);

/// <summary>All pools, by the nodes that may use them. Immutable.</summary>
internal sealed class DevicePools
{
    private readonly Dictionary<string, List<DevicePool>> _ofNode = new(StringComparer.Ordinal);
    private readonly List<DevicePool> _shared = [];

    public DevicePools(IEnumerable<ResourceSlice> slices)
    {
        foreach (var group in slices.GroupBy(static slice => (slice.Spec.Driver, slice.Spec.Pool.Name)))
        {
            var generation = group.Max(static slice => slice.Spec.Pool.Generation);
            var pool = new DevicePool(group.Key.Driver, group.Key.Name,
            [
                .. group.Where(slice => slice.Spec.Pool.Generation == generation)
                    .OrderBy(static slice => slice.Metadata.Name, StringComparer.Ordinal),
            ]);
            Add(pool);
        }
    }

    /// <summary>
    /// In a stable order, devices that are ready at once before those that must be prepared.
    /// </summary>
    public List<NodePool> On(Node node)
    {
        var found = new List<NodePool>();
        foreach (var pool in _ofNode.GetValueOrDefault(node.Metadata.Name, []).Concat(_shared))
        {
            var slices = pool.Slices
                .Where(slice => !slice.Spec.Devices.IsEmpty && DevicePool.IsFor(slice, node)).ToList();
            if (slices.Count > 0)
            {
                found.Add(new NodePool(pool, slices));
            }
        }

        return [.. found.OrderBy(static entry => entry.Pool.HasBindingConditions)
            .ThenBy(static entry => entry.Pool.Driver, StringComparer.Ordinal)
            .ThenBy(static entry => entry.Pool.Name, StringComparer.Ordinal)];
    }

    private void Add(DevicePool pool)
    {
        if (!pool.Slices.All(static slice => slice.Spec.NodeName is { Length: > 0 }
            || (slice.Spec.Devices.IsEmpty && slice.Spec.PerDeviceNodeSelection != true)))
        {
            _shared.Add(pool);
            return;
        }

        foreach (var node in pool.Slices.Select(static slice => slice.Spec.NodeName ?? "").Distinct())
        {
            if (!_ofNode.TryGetValue(node, out var pools))
            {
                _ofNode[node] = pools = [];
            }

            pools.Add(pool);
        }
    }
}
