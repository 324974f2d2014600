using Netes.Api.Core;

namespace Netes.Api.Storage;

/// <summary>Source: ValidateVolumeAttributesClass of pkg/apis/storage/validation/validation.go.</summary>
internal static class VolumeAttributesClassRules
{
    public static List<FieldError> Validate(VolumeAttributesClass item)
    {
        List<FieldError> errors = [];
        VolumeSourceRules.ValidateDriver(item.DriverName, FieldPath.Of("driverName"), errors);
        if (item.Parameters.IsEmpty)
        {
            errors.Required(FieldPath.Of("parameters"), "must contain at least one key/value pair");
        }

        StorageClassRules.ValidateParameters(item.Parameters, FieldPath.Of("parameters"), errors);
        return errors;
    }

    public static List<FieldError> ValidateUpdate(VolumeAttributesClass next, VolumeAttributesClass old)
    {
        List<FieldError> errors = [];
        if (next.DriverName != old.DriverName)
        {
            errors.Forbidden(FieldPath.Of("driverName"), "updates to driverName are forbidden.");
        }

        if (next.Parameters != old.Parameters)
        {
            errors.Forbidden(FieldPath.Of("parameters"), "updates to parameters are forbidden.");
        }

        return errors;
    }
}
