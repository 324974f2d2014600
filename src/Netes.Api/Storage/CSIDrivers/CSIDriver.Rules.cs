using Netes.Api.Core;

namespace Netes.Api.Storage;

/// <summary>Source: SetDefaults_CSIDriver and ValidateCSIDriver under pkg/apis/storage.</summary>
internal static class CSIDriverRules
{
    private const long MinUpdatePeriodSeconds = 10;
    private const long MinTokenSeconds = 10 * 60;
    private const long MaxTokenSeconds = 1L << 32;

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

        if (driver.Spec.NodeAllocatableUpdatePeriodSeconds is { } period and < MinUpdatePeriodSeconds)
        {
            errors.Invalid(Spec.Child("nodeAllocatableUpdatePeriodSeconds"), period,
                $"must be greater than or equal to {MinUpdatePeriodSeconds} seconds");
        }

        ValidateTokens(driver.Spec.TokenRequests, errors);
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
        errors.Immutable(
            Spec.Child("volumeLifecycleModes"), next.Spec.VolumeLifecycleModes, old.Spec.VolumeLifecycleModes);
        return errors;
    }

    private static void ValidateTokens(ValueList<TokenRequest> requests, List<FieldError> errors)
    {
        HashSet<string> audiences = [];
        for (var i = 0; i < requests.Count; i++)
        {
            var (request, path) = (requests[i], Spec.Child("tokenRequests").Index(i));
            if (!audiences.Add(request.Audience))
            {
                errors.Add(FieldError.Duplicate(path.Child("audience"), request.Audience));
            }
            else if (request.ExpirationSeconds is { } tooShort and < MinTokenSeconds)
            {
                errors.Invalid(
                    path.Child("expirationSeconds"), tooShort, "may not specify a duration less than 10 minutes");
            }
            else if (request.ExpirationSeconds is { } tooLong and > MaxTokenSeconds)
            {
                errors.Invalid(
                    path.Child("expirationSeconds"), tooLong, "may not specify a duration larger than 2^32 seconds");
            }
        }
    }
}
