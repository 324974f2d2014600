using Netes.Api.Core;
using Netes.Api.DynamicResources;

namespace Netes.ControlPlane.Scheduling;

/// <summary>
/// How many devices a node has of an extended resource, for scores that count it. Thread-safe.
/// Source: calculateDRAResourceTotals of plugins/noderesources/resource_allocation.go.
/// </summary>
internal sealed class DeviceTotals(DeviceWorld world)
{
    private static readonly ResourceClaim NoClaim = new();

    /// <summary>The devices of the resource's class, and those of them that are allocated; none: both are zero.
    /// </summary>
    public (long Total, long Allocated) On(Node node, string resource)
    {
        if (world.ExtendedResources.Of(resource) is not { } deviceClass)
        {
            return default;
        }

        var selectors = new DeviceSelectors(world.Expressions, NoClaim, deviceClass, []);
        var allocated = world.Claims.Allocated;
        var (total, taken) = (0L, 0L);
        try
        {
            foreach (var device in new NodeDevices(world.Pools().On(node), node).All)
            {
                if (selectors.Match(device.Id, device.Device))
                {
                    total++;
                    taken += allocated.IsAllocated(device.Id) ? 1 : 0;
                }
            }
        }
        catch (DeviceException)
        {
            // An expression that fails: the filter tells of it where it matters.
            return default;
        }

        return (total, taken);
    }
}
