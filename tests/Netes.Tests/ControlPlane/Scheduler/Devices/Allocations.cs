using Netes.Api;
using Netes.Api.DynamicResources;
using Netes.ControlPlane.Scheduling;
using Netes.Tests.ControlPlane.ResourceClaims;

namespace Netes.Tests.ControlPlane.Scheduler.Devices;

/// <summary>Lets the real allocator choose, and tells what it chose in one line.</summary>
internal static class Allocations
{
    /// <summary>
    /// For each claim <c>request=pool/device</c>, claims parted by a bar; "none" when there is no choice; the text of
    /// a failure.
    /// </summary>
    public static string Choose(
        ResourceSlice[] slices, ResourceClaim[] claims, string node = "n1", AllocatedDevices? allocated = null,
        DeviceClass? deviceClass = null)
    {
        try
        {
            return Allocate(slices, claims, node, allocated, deviceClass) is { } results
                ? string.Join(" | ", results.Select(Text))
                : "none";
        }
        catch (DeviceException failure)
        {
            return failure.Message;
        }
    }

    public static AllocationResult[]? Allocate(
        ResourceSlice[] slices, ResourceClaim[] claims, string node = "n1", AllocatedDevices? allocated = null,
        DeviceClass? deviceClass = null) => new DeviceAllocator(
            new DeviceAllocatorOptions
            {
                Pools = new DevicePools(slices),
                Allocated = allocated ?? AllocatedDevices.None,
                Classes = name => name == "gpus" ? deviceClass ?? DeviceObjects.Class(name) : null,
                Expressions = new DeviceExpressions(),
                NewShareId = () => "11111111-2222-4333-8444-555555555555",
                Time = TimeProvider.System,
            },
            claims).Allocate(Objects.MakeNode(node));

    public static AllocatedDevices Taken(params string[] devices) => devices.Aggregate(
        AllocatedDevices.None, static (all, device) => all.With(new AllocationResult
        {
            Devices = new()
            {
                Results =
                [
                    new()
                    {
                        Driver = DeviceObjects.Driver, Pool = device.Split('/')[0], Device = device.Split('/')[1],
                    },
                ],
            },
        }));

    private static string Text(AllocationResult result) => string.Join(' ', result.Devices.Results.Select(
        static device => $"{device.Request}={device.Pool}/{device.Device}"));
}
