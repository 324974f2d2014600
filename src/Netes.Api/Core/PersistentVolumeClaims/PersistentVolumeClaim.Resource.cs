namespace Netes.Api.Core;

public sealed partial record PersistentVolumeClaim : IResource<PersistentVolumeClaim>
{
    public static ResourceDefinition<PersistentVolumeClaim> Resource { get; } = new()
    {
        Group = "",
        Version = "v1",
        Kind = "PersistentVolumeClaim",
        Plural = "persistentvolumeclaims",
        Singular = "persistentvolumeclaim",
        ShortNames = ["pvc"],
        Namespaced = true,
        CopyStatus = static (target, source) => target with { Status = source.Status },
        Columns = PersistentVolumeClaimColumns.All,
        Default = PersistentVolumeClaimRules.Default,
        PrepareCreate = PersistentVolumeClaimRules.PrepareCreate,
        PrepareUpdate = PersistentVolumeClaimRules.PrepareUpdate,
        Validate = PersistentVolumeClaimRules.Validate,
        ValidateUpdate = PersistentVolumeClaimRules.ValidateUpdate,
    };
}
