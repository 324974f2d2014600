using Netes.Api.Core;
using Netes.Api.DynamicResources;

namespace Netes.ControlPlane.Scheduling;

/// <summary>A device that a node may use.</summary>
/// <param name="Id">Which.</param>
/// <param name="Device">As its driver describes it.</param>
/// <param name="Slice">Where.</param>
/// <param name="Pool">The pool.</param>
/// <param name="Index">Its place among the devices of the node.</param>
internal sealed record NodeDevice(DeviceId Id, Device Device, ResourceSlice Slice, DevicePool Pool, int Index)
{
    public bool IsShareable => Device.AllowMultipleAllocations == true;
}

/// <summary>The devices that one node may use, in the order in which they are tried.</summary>
internal sealed class NodeDevices
{
    public NodeDevices(List<NodePool> pools, Node node)
    {
        foreach (var (pool, slices) in pools)
        {
            if (!pool.IsComplete || pool.IsInvalid)
            {
                Unusable ??= pool;
                HasInvalidPool |= pool.IsInvalid;
                continue;
            }

            foreach (var slice in slices)
            {
                foreach (var device in slice.Spec.Devices)
                {
                    if (slice.Spec.PerDeviceNodeSelection != true || DevicePool.IsFor(device, node))
                    {
                        var id = new DeviceId(pool.Driver, pool.Name, device.Name);
                        All.Add(new NodeDevice(id, device, slice, pool, All.Count));
                    }
                }
            }
        }
    }

    public List<NodeDevice> All { get; } = [];

    /// <summary>A pool that no device is given out of; null: there is none.</summary>
    public DevicePool? Unusable { get; }

    public bool HasInvalidPool { get; }
}

/// <summary>A request, or one of the requests that would do, and what the search knows of it.</summary>
internal sealed class DeviceAlternative(
    int claim, RequestName name, DeviceWish wish, DeviceClass deviceClass, DeviceSelectors selectors, int devices)
{
    // Whether a device is wanted does not change while others are taken: 0 is not known yet.
    private readonly sbyte[] _matches = new sbyte[devices];

    public int Claim => claim;

    public RequestName Name => name;

    public DeviceWish Wish => wish;

    public DeviceClass Class => deviceClass;

    /// <summary>How many devices it needs.</summary>
    public long Count { get; private set; } = wish.Count;

    /// <summary>Exactly those; null: any that match.</summary>
    public List<NodeDevice>? All { get; private set; }

    public DeviceAlternative WithAll(NodeDevices devices)
    {
        All = [.. devices.All.Where(device => Matches(device)
            && CapacityRequests.Take(wish.Capacity, device.Id.Driver, device.Device, default) is not null)];
        Count = All.Count;
        return this;
    }

    public bool Matches(NodeDevice device)
    {
        ref var known = ref _matches[device.Index];
        if (known == 0)
        {
            known = selectors.Match(device.Id, device.Device) ? (sbyte)1 : (sbyte)-1;
        }

        return known > 0;
    }
}
