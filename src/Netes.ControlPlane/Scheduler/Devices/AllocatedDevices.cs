using System.Collections.Immutable;
using Netes.Api;
using Netes.Api.DynamicResources;

namespace Netes.ControlPlane.Scheduling;

/// <summary>One device among all.</summary>
internal readonly record struct DeviceId(string Driver, string Pool, string Device)
{
    public static DeviceId Of(DeviceRequestAllocationResult result) => new(result.Driver, result.Pool, result.Device);

    public override string ToString() => $"{Driver}/{Pool}/{Device}";
}

/// <summary>What a device that several claims share gives them together.</summary>
/// <param name="Shares">How many there are.</param>
/// <param name="Consumed">The sum, by the names of the device's capacities.</param>
internal sealed record DeviceShare(int Shares, ValueMap<Quantity> Consumed);

/// <summary>
/// The devices that claims have. Immutable: a claim more or less makes another.
/// Source: dynamic-resource-allocation/structured, AllocatedState.
/// </summary>
internal sealed record AllocatedDevices
{
    public static AllocatedDevices None { get; } = new();

    // An administrator's claim does not take a device; two claims on one are nobody's intention, and both count.
    private ImmutableDictionary<DeviceId, int> Taken { get; init; } = ImmutableDictionary<DeviceId, int>.Empty;

    private ImmutableDictionary<DeviceId, DeviceShare> Shared { get; init; } =
        ImmutableDictionary<DeviceId, DeviceShare>.Empty;

    /// <summary>By one claim alone.</summary>
    public bool IsTaken(DeviceId id) => Taken.ContainsKey(id);

    /// <summary>Null: nobody has a share of it.</summary>
    public DeviceShare? ShareOf(DeviceId id) => Shared.GetValueOrDefault(id);

    public bool IsAllocated(DeviceId id) => IsTaken(id) || ShareOf(id) is not null;

    public AllocatedDevices With(AllocationResult allocation) => Change(allocation, 1);

    public AllocatedDevices Without(AllocationResult allocation) => Change(allocation, -1);

    private AllocatedDevices Change(AllocationResult allocation, int by)
    {
        var (taken, shared) = (Taken, Shared);
        foreach (var result in allocation.Devices.Results)
        {
            var id = DeviceId.Of(result);
            if (result.AdminAccess == true)
            {
                continue;
            }

            if (result.ShareID is null)
            {
                var count = taken.GetValueOrDefault(id) + by;
                taken = count <= 0 ? taken.Remove(id) : taken.SetItem(id, count);
                continue;
            }

            var share = shared.GetValueOrDefault(id) ?? new DeviceShare(0, default);
            share = new DeviceShare(share.Shares + by, Sum(share.Consumed, result.ConsumedCapacity, by));
            shared = share.Shares <= 0 ? shared.Remove(id) : shared.SetItem(id, share);
        }

        return new AllocatedDevices { Taken = taken, Shared = shared };
    }

    public static ValueMap<Quantity> Sum(ValueMap<Quantity> sum, ValueMap<Quantity> more, int by)
    {
        foreach (var (name, amount) in more)
        {
            var before = sum.Get(name);
            sum = sum.Set(name, by > 0 ? before + amount : before - amount);
        }

        return sum;
    }
}
