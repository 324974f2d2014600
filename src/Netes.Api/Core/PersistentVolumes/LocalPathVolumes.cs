namespace Netes.Api.Core;

/// <summary>
/// What the built-in provisioner writes on its volumes, and a node reads there. The provisioner makes the object, the
/// node makes and deletes the folder. Source: the idea of github.com/rancher/local-path-provisioner, without its pods.
/// </summary>
public static class LocalPathVolumes
{
    public const string Provisioner = "netes.io/local-path";

    /// <summary>Holds a volume until its data is deleted.</summary>
    public const string Finalizer = "netes.io/local-path";

    /// <summary>The name of the node that has the folder; by it nodes find what is theirs.</summary>
    public const string NodeLabel = "netes.io/local-path-node";

    /// <summary>Who made a volume.</summary>
    public const string ProvisionedBy = "pv.kubernetes.io/provisioned-by";

    public static bool IsOne(PersistentVolume volume) =>
        volume.Metadata.Annotations.Get(ProvisionedBy) == Provisioner
        && volume.Spec.PersistentVolumeSource.Local is not null;

    /// <summary>The node that has the folder; empty when the volume does not say.</summary>
    public static string NodeOf(PersistentVolume volume) => volume.Metadata.Labels.Get(NodeLabel) ?? "";

    /// <summary>Its claim is gone, it was deleted, and its data is to go with it.</summary>
    public static bool IsDataToGo(PersistentVolume volume) =>
        IsOne(volume) && volume.Metadata.DeletionTimestamp is not null
        && volume.Spec.PersistentVolumeReclaimPolicy == PersistentVolumeReclaimPolicy.Delete
        && volume.Status.Phase is PersistentVolumePhase.Released or PersistentVolumePhase.Failed
        && volume.Metadata.Finalizers.Contains(Finalizer);
}
