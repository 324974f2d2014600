using Netes.Api.Core;

namespace Netes.Api.Storage;

/// <summary>Source: SetDefaults_CSIDriver and ValidateCSIDriver under pkg/apis/storage.</summary>
internal static class CSIDriverRules
{
    private static readonly FieldPath Spec = FieldPath.Of("spec");

    public static CSIDriver Default(CSIDriver driver) => driver with
    {
        Spec = driver.Spec with
        {
            AttachRequired = driver.Spec.AttachRequired ?? true,
            PodInfoOnMount = driver.Spec.PodInfoOnMount ?? false,
            StorageCapacity = driver.Spec.StorageCapacity ?? false,
            FSGroupPolicy = driver.Spec.FSGroupPolicy ?? FSGroupPolicy.ReadWriteOnceWithFSType,
            VolumeLifecycleModes = driver.Spec.VolumeLifecycleModes.IsEmpty
                ? [VolumeLifecycleMode.Persistent]
                : driver.Spec.VolumeLifecycleModes,
            RequiresRepublish = driver.Spec.RequiresRepublish ?? false,
            SELinuxMount = driver.Spec.SELinuxMount ?? false,
        },
    };

    public static List<FieldError> Validate(CSIDriver driver)
    {
        List<FieldError> errors = [];
        VolumeSourceRules.ValidateDriver(driver.Metadata.Name, FieldPath.Of("metadata").Child("name"), errors);
        foreach (var (field, value) in ((string, object?)[])
        [
            ("attachRequired", driver.Spec.AttachRequired), ("podInfoOnMount", driver.Spec.PodInfoOnMount),
            ("storageCapacity", driver.Spec.StorageCapacity),
        ])
        {
            if (value is null)
            {
                errors.Required(Spec.Child(field));
            }
        }

        if (driver.Spec.FSGroupPolicy is { } policy)
        {
            errors.OneOf(Spec.Child("fsGroupPolicy"), policy,
                FSGroupPolicy.File, FSGroupPolicy.None, FSGroupPolicy.ReadWriteOnceWithFSType);
        }

        foreach (var mode in driver.Spec.VolumeLifecycleModes)
        {
            errors.OneOf(
                Spec.Child("volumeLifecycleModes"), mode, VolumeLifecycleMode.Ephemeral,
                    VolumeLifecycleMode.Persistent);
        }

        return errors;
    }

    public static List<FieldError> ValidateUpdate(CSIDriver next, CSIDriver old)
    {
        var errors = Validate(next);
        errors.ImmutableValue(Spec.Child("attachedRequired"), next.Spec.AttachRequired, old.Spec.AttachRequired);
        errors.Immutable(Spec.Child("fsGroupPolicy"), next.Spec.FSGroupPolicy ?? "", old.Spec.FSGroupPolicy ?? "");
        errors.Immutable(
            Spec.Child("volumeLifecycleModes"), next.Spec.VolumeLifecycleModes, old.Spec.VolumeLifecycleModes);
        return errors;
    }
}
