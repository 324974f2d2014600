using Netes.Api.Core;

namespace Netes.Api.DynamicResources;

/// <summary>Source: ValidateDeviceClass of pkg/apis/resource/validation/validation.go.</summary>
internal static class DeviceClassRules
{
    private static readonly FieldPath Spec = FieldPath.Of("spec");

    public static List<FieldError> Validate(DeviceClass item) => Validate(item, null);

    public static List<FieldError> ValidateUpdate(DeviceClass next, DeviceClass old) => Validate(next, old);

    private static List<FieldError> Validate(DeviceClass item, DeviceClass? old)
    {
        List<FieldError> errors = [];

        // What was once right stays right, whatever later versions think of it.
        if (old is null || item.Spec.Selectors != old.Spec.Selectors)
        {
            DeviceClaimRules.ValidateSelectors(item.Spec.Selectors, Spec.Child("selectors"), errors);
        }

        // Parameters that were stored before they had a limit may stay.
        var isStored = old is not null && item.Spec.Config == old.Spec.Config;
        errors.Each(Spec.Child("config"), item.Spec.Config, DeviceLimits.Entries,
            (config, path) => errors.Configuration(path, config.DeviceConfiguration, isStored));
        if (item.Spec.ExtendedResourceName is { } name && !ExtendedResources.IsExtended(name))
        {
            errors.Invalid(Spec.Child("extendedResourceName"), name, "must be a valid extended resource name");
        }

        return errors;
    }
}
