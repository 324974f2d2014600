using Netes.Api;
using Netes.Api.DynamicResources;

namespace Netes.ControlPlane.Scheduling;

/// <summary>What a choice takes of its device.</summary>
/// <param name="Consumed">Of a device that others may have, too: so much of its capacities. Null: all.</param>
/// <param name="CountsCounters">Whether it also takes what the device takes of its pool.</param>
internal sealed record DeviceTake(ValueMap<Quantity>? Consumed, bool CountsCounters);

/// <summary>
/// What is in use: by claims that have their devices, and by those that the search tries. Source: deviceInUse,
/// checkAvailableCounters and CmpRequestOverCapacity of the allocator.
/// </summary>
internal sealed class DeviceUse(AllocatedDevices allocated)
{
    private readonly Dictionary<DeviceId, HashSet<int>> _taken = [];
    private readonly Dictionary<DeviceId, DeviceShare> _shared = [];
    private readonly Dictionary<DevicePool, Dictionary<(string Set, string Counter), Quantity>> _left = [];

    /// <summary>An administrator looks at what others use; but once for each of his claims.</summary>
    public bool IsFree(DeviceAlternative alternative, NodeDevice device) =>
        alternative.Wish.AdminAccess
            ? device.IsShareable || _taken.GetValueOrDefault(device.Id)?.Contains(alternative.Claim) != true
            : !allocated.IsTaken(device.Id) && _taken.GetValueOrDefault(device.Id) is not { Count: > 0 };

    /// <summary>Null: too much of it is in use.</summary>
    public DeviceTake? Take(DeviceAlternative alternative, NodeDevice device)
    {
        var (before, now) = (allocated.ShareOf(device.Id), _shared.GetValueOrDefault(device.Id));
        var used = !device.IsShareable
            ? default
            : AllocatedDevices.Sum(before?.Consumed ?? default, now?.Consumed ?? default, 1);
        if (CapacityRequests.Take(alternative.Wish.Capacity, device.Id.Driver, device.Device, used) is not { } consumed)
        {
            return null;
        }

        // Those who share a device have taken its part of the pool already.
        var counts = !device.Device.ConsumesCounters.IsEmpty && (!device.IsShareable || (before ?? now) is null);
        if (counts && !TakeCounters(device))
        {
            return null;
        }

        if (device.IsShareable)
        {
            _shared[device.Id] = new DeviceShare(
                (now?.Shares ?? 0) + 1, AllocatedDevices.Sum(now?.Consumed ?? default, consumed, 1));
            return new DeviceTake(consumed, counts);
        }

        if (!_taken.TryGetValue(device.Id, out var claims))
        {
            _taken[device.Id] = claims = [];
        }

        claims.Add(alternative.Claim);
        return new DeviceTake(null, counts);
    }

    /// <summary>Takes back the last thing that was taken.</summary>
    public void Return(DeviceAlternative alternative, NodeDevice device, DeviceTake take)
    {
        if (take.CountsCounters)
        {
            AddCounters(Left(device.Pool), device, -1);
        }

        if (take.Consumed is not { } consumed)
        {
            _taken[device.Id].Remove(alternative.Claim);
            return;
        }

        var share = _shared[device.Id];
        if (share.Shares == 1)
        {
            _shared.Remove(device.Id);
        }
        else
        {
            _shared[device.Id] = new DeviceShare(
                share.Shares - 1, AllocatedDevices.Sum(share.Consumed, consumed, -1));
        }
    }

    private bool TakeCounters(NodeDevice device)
    {
        var left = Left(device.Pool);
        AddCounters(left, device, 1);
        foreach (var consumption in device.Device.ConsumesCounters)
        {
            foreach (var counter in consumption.Counters.Keys)
            {
                if (left.TryGetValue((consumption.CounterSet, counter), out var rest) && rest < Quantity.Zero)
                {
                    AddCounters(left, device, -1);
                    return false;
                }
            }
        }

        return true;
    }

    /// <summary>What is left of the pool's counters: devices out of reach of the node take of them, too.</summary>
    private Dictionary<(string Set, string Counter), Quantity> Left(DevicePool pool)
    {
        if (_left.TryGetValue(pool, out var left))
        {
            return left;
        }

        _left[pool] = left = [];
        foreach (var (set, counters) in pool.Counters)
        {
            foreach (var (name, counter) in counters)
            {
                left[(set, name)] = counter.Value;
            }
        }

        foreach (var device in pool.Slices.SelectMany(static slice => slice.Spec.Devices))
        {
            if (!device.ConsumesCounters.IsEmpty
                && allocated.IsAllocated(new DeviceId(pool.Driver, pool.Name, device.Name)))
            {
                AddCounters(left, device, 1);
            }
        }

        return left;
    }

    private static void AddCounters(
        Dictionary<(string Set, string Counter), Quantity> left, NodeDevice device, int by) =>
        AddCounters(left, device.Device, by);

    private static void AddCounters(Dictionary<(string Set, string Counter), Quantity> left, Device device, int by)
    {
        foreach (var consumption in device.ConsumesCounters)
        {
            foreach (var (name, counter) in consumption.Counters)
            {
                if (left.TryGetValue((consumption.CounterSet, name), out var rest))
                {
                    left[(consumption.CounterSet, name)] = by > 0 ? rest - counter.Value : rest + counter.Value;
                }
            }
        }
    }
}
