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
        SpecEquals = static (next, old) => next.Spec == old.Spec,
        Columns = PersistentVolumeClaimColumns.All,
    };
}
