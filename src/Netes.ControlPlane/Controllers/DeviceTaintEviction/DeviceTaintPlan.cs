using Netes.Api;
using Netes.Api.DynamicResources;
using Netes.ControlPlane.Scheduling;

namespace Netes.ControlPlane;

/// <summary>
/// When a pod must leave its tainted devices. Pure.
/// Source: pkg/controller/devicetainteviction/device_taint_eviction.go.
/// </summary>
internal static class DeviceTaintPlan
{
    public static string KeyOf(string driver, string pool) => $"{driver}/{pool}";

    /// <summary>The pools of the claim's devices, for an index.</summary>
    public static IEnumerable<string> PoolsOf(ResourceClaim claim) =>
        (claim.Status.Allocation?.Devices.Results ?? default)
            .Select(static result => KeyOf(result.Driver, result.Pool)).Distinct(StringComparer.Ordinal);

    /// <param name="claim">A claim of the pod's.</param>
    /// <param name="slices">The slices of a pool, of all generations.</param>
    /// <param name="seen">Since when a taint that does not tell is known.</param>
    /// <returns>The time; null: it may stay.</returns>
    public static DateTimeOffset? EvictAt(
        ResourceClaim claim, Func<string, IReadOnlyList<ResourceSlice>> slices, DateTimeOffset seen)
    {
        DateTimeOffset? earliest = null;
        foreach (var result in claim.Status.Allocation?.Devices.Results ?? default)
        {
            foreach (var taint in Taints(result, slices(KeyOf(result.Driver, result.Pool))))
            {
                if (Due(result, taint, seen) is { } due && !(earliest < due))
                {
                    earliest = due;
                }
            }
        }

        return earliest;
    }

    private static IEnumerable<DeviceTaint> Taints(
        DeviceRequestAllocationResult result, IReadOnlyList<ResourceSlice> slices)
    {
        var generation = slices.Count == 0 ? 0 : slices.Max(static slice => slice.Spec.Pool.Generation);
        return slices.Where(slice => slice.Spec.Pool.Generation == generation)
            .SelectMany(static slice => slice.Spec.Devices)
            .Where(device => device.Name == result.Device)
            .SelectMany(static device => device.Taints)
            .Where(static taint => taint.Effect == DeviceTaintEffect.NoExecute);
    }

    /// <summary>One toleration without a time that matches is for ever; else the shortest counts.</summary>
    private static DateTimeOffset? Due(DeviceRequestAllocationResult result, DeviceTaint taint, DateTimeOffset seen)
    {
        var since = taint.TimeAdded?.ToDateTimeOffset() ?? seen;
        var tolerations = result.Tolerations
            .Where(toleration => DeviceTolerations.Tolerates(toleration, taint)).ToList();
        return tolerations.Count == 0 ? since
            : tolerations.Any(static toleration => toleration.TolerationSeconds is null) ? null
            : since.Plus(tolerations.Min(static toleration => Math.Max(0, toleration.TolerationSeconds!.Value)));
    }
}
