using System.Collections.Immutable;
using Netes.Api;
using Netes.Api.Core;

namespace Netes.ControlPlane.Scheduling;

/// <summary>
/// Amounts of resources: CPU in thousandths, the rest in whole units. Source: pkg/scheduler/framework/types.go,
/// Resource.
/// </summary>
public readonly record struct ResourceAmounts(long CpuMillis, long MemoryBytes, long EphemeralStorageBytes)
{
    private readonly ImmutableSortedDictionary<string, long>? _extended;

    public static ResourceAmounts Zero => default;

    /// <summary>Extended resources and huge pages, by name.</summary>
    public ImmutableSortedDictionary<string, long> Extended
    {
        get => _extended ?? ImmutableSortedDictionary<string, long>.Empty;
        init => _extended = value.IsEmpty ? null : value;
    }

    public bool HasExtended => _extended is not null;

    /// <summary>By name; CPU in thousandths.</summary>
    public long Get(string name) => name switch
    {
        "cpu" => CpuMillis,
        "memory" => MemoryBytes,
        "ephemeral-storage" => EphemeralStorageBytes,
        _ => _extended?.GetValueOrDefault(name) ?? 0,
    };

    public static ResourceAmounts Of(ValueMap<Quantity> quantities)
    {
        var extended = ImmutableSortedDictionary<string, long>.Empty;
        var (cpu, memory, storage) = (0L, 0L, 0L);
        foreach (var (name, quantity) in quantities)
        {
            switch (name)
            {
                case "cpu":
                    cpu = quantity.MilliValue;
                    break;
                case "memory":
                    memory = quantity.Value;
                    break;
                case "ephemeral-storage":
                    storage = quantity.Value;
                    break;
                case "pods":
                    break;
                default:
                    extended = extended.SetItem(name, quantity.Value);
                    break;
            }
        }

        return new ResourceAmounts(cpu, memory, storage) { Extended = extended };
    }

    public static ResourceAmounts operator +(ResourceAmounts left, ResourceAmounts right) =>
        Combine(left, right, static (one, other) => one + other);

    public static ResourceAmounts operator -(ResourceAmounts left, ResourceAmounts right) =>
        Combine(left, right, static (one, other) => one - other);

    /// <summary>The larger of each.</summary>
    public static ResourceAmounts Max(ResourceAmounts left, ResourceAmounts right) => Combine(left, right, Math.Max);

    private static ResourceAmounts Combine(
        ResourceAmounts left, ResourceAmounts right, Func<long, long, long> combine)
    {
        var extended = left.Extended;
        if (right._extended is { } others)
        {
            foreach (var (name, amount) in others)
            {
                extended = extended.SetItem(name, combine(extended.GetValueOrDefault(name), amount));
            }
        }

        return new ResourceAmounts(
            combine(left.CpuMillis, right.CpuMillis),
            combine(left.MemoryBytes, right.MemoryBytes),
            combine(left.EphemeralStorageBytes, right.EphemeralStorageBytes))
        {
            Extended = extended,
        };
    }
}
