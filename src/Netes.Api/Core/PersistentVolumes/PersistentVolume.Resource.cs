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
        SpecEquals = static (next, old) => next.Spec == old.Spec,
        Columns = PersistentVolumeColumns.All,
    };
}
