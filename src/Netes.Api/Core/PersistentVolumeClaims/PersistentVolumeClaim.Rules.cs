namespace Netes.Api.Core;

/// <summary>
/// Source: SetDefaults_PersistentVolumeClaim, pkg/registry/core/persistentvolumeclaim/strategy.go,
/// ValidatePersistentVolumeClaimUpdate of pkg/apis/core/validation/validation.go.
/// </summary>
internal static class PersistentVolumeClaimRules
{
    private const string Fixed = "spec is immutable after creation except resources.requests and "
        + "volumeAttributesClassName for bound claims";

    private static readonly FieldPath Spec = FieldPath.Of("spec");

    public static PersistentVolumeClaim Default(PersistentVolumeClaim claim) => claim with
    {
        Spec = ClaimRules.Default(claim.Spec),
        Status = claim.Status.Phase.Length == 0
            ? claim.Status with { Phase = PersistentVolumeClaimPhase.Pending }
            : claim.Status,
    };

    public static PersistentVolumeClaim PrepareCreate(PersistentVolumeClaim claim) => claim with
    {
        Spec = NormalizeSources(claim.Spec),
        Status = PersistentVolumeClaimStatus.Empty with { Phase = PersistentVolumeClaimPhase.Pending },
    };

    public static PersistentVolumeClaim PrepareUpdate(PersistentVolumeClaim next, PersistentVolumeClaim old) =>
        next with { Spec = NormalizeSources(next.Spec) };

    public static List<FieldError> Validate(PersistentVolumeClaim claim)
    {
        List<FieldError> errors = [];
        ClaimRules.Validate(claim.Spec, Spec, errors);
        return errors;
    }

    public static List<FieldError> ValidateUpdate(PersistentVolumeClaim next, PersistentVolumeClaim old)
    {
        var errors = Validate(next);
        var (after, before) = (next.Spec, old.Spec);
        var kept = after with
        {
            VolumeName = before.VolumeName.Length == 0 ? before.VolumeName : after.VolumeName,

            // A claim that named no class may get one: that of the volume it is bound to, or the default.
            StorageClassName = before.StorageClassName is null ? null : after.StorageClassName,
        };
        if (next.Status.Phase == PersistentVolumeClaimPhase.Bound)
        {
            kept = kept with
            {
                Resources = before.Resources.Requests.TryGetValue(ResourceName.Storage, out var size)
                    ? kept.Resources with { Requests = kept.Resources.Requests.Set(ResourceName.Storage, size) }
                    : kept.Resources,
                VolumeAttributesClassName = after.VolumeAttributesClassName is null ? null
                    : before.VolumeAttributesClassName,
            };
        }

        if (kept != before)
        {
            errors.Forbidden(Spec, $"{Fixed}\n{Differences.Between(before, kept)}");
        }

        ValidateSize(next, old, errors);
        if (before.VolumeAttributesClassName is not null && string.IsNullOrEmpty(after.VolumeAttributesClassName))
        {
            errors.Forbidden(Spec.Child("volumeAttributesClassName"), after.VolumeAttributesClassName is null
                ? "update from non-nil value to nil is forbidden"
                : "update from non-nil value to an empty string is forbidden");
        }

        return errors;
    }

    private static void ValidateSize(PersistentVolumeClaim next, PersistentVolumeClaim old, List<FieldError> errors)
    {
        var size = next.Spec.Resources.Requests.Get(ResourceName.Storage);
        if (size < old.Spec.Resources.Requests.Get(ResourceName.Storage)
            && size <= old.Status.Capacity.Get(ResourceName.Storage))
        {
            errors.Forbidden(Spec.Child("resources").Child("requests").Child("storage"),
                "field can not be less than status.capacity");
        }
    }

    // dataSource is the old form of dataSourceRef: either fills the other. Source: NormalizeDataSources.
    private static PersistentVolumeClaimSpec NormalizeSources(PersistentVolumeClaimSpec spec) => spec switch
    {
        { DataSource: { } source, DataSourceRef: null } => spec with
        {
            DataSourceRef = TypedObjectReference.Empty with
            {
                ApiGroup = source.ApiGroup,
                Kind = source.Kind,
                Name = source.Name,
            },
        },
        { DataSource: null, DataSourceRef: { Namespace: null or "" } reference } => spec with
        {
            DataSource = TypedLocalObjectReference.Empty with
            {
                ApiGroup = reference.ApiGroup,
                Kind = reference.Kind,
                Name = reference.Name,
            },
        },
        _ => spec,
    };
}
