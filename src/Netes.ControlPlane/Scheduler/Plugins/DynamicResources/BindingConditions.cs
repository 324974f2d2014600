using Netes.Api;
using Netes.Api.DynamicResources;

namespace Netes.ControlPlane.Scheduling;

/// <summary>
/// Devices that must be prepared before a pod that claims them is bound: their driver says when that is done, or that
/// it failed. Pure. Source: KEP-5007, isClaimReadyForBinding of plugins/dynamicresources/dynamicresources.go.
/// </summary>
internal static class BindingConditions
{
    public static bool HasAny(ResourceClaim claim) =>
        Results(claim).Any(static result => !result.BindingConditions.IsEmpty);

    /// <summary>Empty: none has failed.</summary>
    public static string Failure(ResourceClaim claim)
    {
        foreach (var result in Results(claim))
        {
            foreach (var type in result.BindingFailureConditions)
            {
                if (!result.BindingConditions.IsEmpty && Condition(claim, result, type) is { Status: "True" } failed)
                {
                    return $"claim {claim.Metadata.Name} binding failed: reason={failed.Reason}, "
                        + $"message={FieldError.Quote(failed.Message)}";
                }
            }
        }

        return "";
    }

    public static bool AreMet(ResourceClaim claim) => claim.Status.Allocation is not null && Results(claim).All(
        result => result.BindingConditions.All(type => Condition(claim, result, type)?.Status == "True"));

    public static bool IsLate(ResourceClaim claim, TimeSpan timeout, DateTimeOffset now) =>
        HasAny(claim) && claim.Status.Allocation?.AllocationTimestamp is { } since
        && since.ToDateTimeOffset() + timeout < now;

    private static ValueList<DeviceRequestAllocationResult> Results(ResourceClaim claim) =>
        claim.Status.Allocation?.Devices.Results ?? default;

    private static Netes.Api.Meta.Condition? Condition(
        ResourceClaim claim, DeviceRequestAllocationResult result, string type)
    {
        foreach (var device in claim.Status.Devices)
        {
            if (device.Driver == result.Driver && device.Pool == result.Pool && device.Device == result.Device)
            {
                return device.Conditions.FirstOrDefault(condition => condition.Type == type);
            }
        }

        return null;
    }
}
