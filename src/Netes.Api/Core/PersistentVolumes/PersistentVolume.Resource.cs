namespace Netes.Api.Core;

public sealed partial record PersistentVolume : IResource<PersistentVolume>
{
    public static ResourceDefinition<PersistentVolume> Resource { get; } = new()
    {
        Group = "",
        Version = "v1",
        Kind = "PersistentVolume",
        Plural = "persistentvolumes",
        Singular = "persistentvolume",
        ShortNames = ["pv"],
        Namespaced = false,
        CopyStatus = static (target, source) => target with { Status = source.Status },
        Columns = PersistentVolumeColumns.All,
        Default = PersistentVolumeRules.Default,
        PrepareCreate = PersistentVolumeRules.PrepareCreate,
        Validate = PersistentVolumeRules.Validate,
        ValidateUpdate = PersistentVolumeRules.ValidateUpdate,
    };
}
