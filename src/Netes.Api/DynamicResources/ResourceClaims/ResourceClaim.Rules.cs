namespace Netes.Api.DynamicResources;

/// <summary>
/// Source: pkg/registry/resource/resourceclaim/strategy.go, pkg/apis/resource/validation/validation.go.
/// </summary>
internal static class ResourceClaimRules
{
    private static readonly FieldPath Spec = FieldPath.Of("spec");

    public static ResourceClaim Default(ResourceClaim claim) =>
        claim with { Spec = DeviceClaimRules.Default(claim.Spec) };

    public static List<FieldError> Validate(ResourceClaim claim)
    {
        List<FieldError> errors = [];
        DeviceClaimRules.Validate(claim.Spec, Spec, errors);
        return errors;
    }

    public static List<FieldError> ValidateUpdate(ResourceClaim next, ResourceClaim old)
    {
        List<FieldError> errors = [];
        errors.Immutable(Spec, next.Spec, old.Spec);
        return errors;
    }

    /// <summary>What drivers said of devices goes with the devices.</summary>
    public static ResourceClaim PrepareStatusUpdate(ResourceClaim next, ResourceClaim old)
    {
        var gone = Devices(old).Except(Devices(next)).ToHashSet();
        return gone.Count == 0
            ? next
            : next with
            {
                Status = next.Status with
                {
                    Devices = next.Status.Devices
                        .Where(device => !gone.Contains((device.Driver, device.Pool, device.Device))).ToValueList(),
                },
            };
    }

    private static IEnumerable<(string Driver, string Pool, string Device)> Devices(ResourceClaim claim) =>
        (claim.Status.Allocation?.Devices.Results ?? default)
            .Select(static result => (result.Driver, result.Pool, result.Device));
}
