using Netes.Api;
using Netes.Api.Core;
using Netes.Api.Storage;
using Netes.Client;

namespace Netes.ControlPlane;

/// <summary>
/// Questions about volumes and claims. Source: component-helpers storage/volume/{helpers,pv_helpers}.go.
/// </summary>
internal static class VolumeFacts
{
    public const string BindCompleted = "pv.kubernetes.io/bind-completed";
    public const string BoundByController = "pv.kubernetes.io/bound-by-controller";
    public const string MigratedTo = "pv.kubernetes.io/migrated-to";
    public const string SelectedNode = "volume.kubernetes.io/selected-node";
    public const string StorageProvisioner = "volume.kubernetes.io/storage-provisioner";
    public const string BetaStorageProvisioner = "volume.beta.kubernetes.io/storage-provisioner";
    public const string BetaStorageClass = "volume.beta.kubernetes.io/storage-class";
    public const string NoProvisioner = "kubernetes.io/no-provisioner";
    public const string InTreePrefix = "kubernetes.io/";

    /// <summary>What a claim of a volume has while the file system is to grow after the volume.</summary>
    public const string PreResizeCapacity = "volume.alpha.kubernetes.io/pre-resize-capacity";

    private const string Yes = "yes";
    private const string DefaultClass = "storageclass.kubernetes.io/is-default-class";
    private const string BetaDefaultClass = "storageclass.beta.kubernetes.io/is-default-class";

    public static string ClassOf(PersistentVolumeClaim claim) =>
        claim.Metadata.Annotations.Get(BetaStorageClass) ?? claim.Spec.StorageClassName ?? "";

    public static string ClassOf(PersistentVolume volume) =>
        volume.Metadata.Annotations.Get(BetaStorageClass) ?? volume.Spec.StorageClassName;

    /// <summary>Who was asked for a volume; null: nobody.</summary>
    public static string? ProvisionerOf(PersistentVolumeClaim claim) =>
        claim.Metadata.Annotations.Get(StorageProvisioner) ?? claim.Metadata.Annotations.Get(BetaStorageProvisioner);

    /// <summary>It says which class it wants, be it none.</summary>
    public static bool NamesClass(PersistentVolumeClaim claim) =>
        claim.Spec.StorageClassName is not null || claim.Metadata.Annotations.ContainsKey(BetaStorageClass);

    public static Quantity Request(PersistentVolumeClaim claim) =>
        claim.Spec.Resources.Requests.Get(ResourceName.Storage);

    public static Quantity Capacity(PersistentVolume volume) => volume.Spec.Capacity.Get(ResourceName.Storage);

    public static bool IsBindCompleted(PersistentVolumeClaim claim) =>
        claim.Metadata.Annotations.ContainsKey(BindCompleted);

    /// <summary>Bound for good: nothing is left to do.</summary>
    public static bool IsFullyBound(PersistentVolumeClaim claim) =>
        claim.Spec.VolumeName.Length > 0 && IsBindCompleted(claim);

    /// <summary>The volume is bound to the claim, or reserved for it by its name.</summary>
    public static bool IsBoundTo(PersistentVolume volume, PersistentVolumeClaim claim) =>
        volume.Spec.ClaimRef is { } reference
        && reference.Name == claim.Metadata.Name && reference.Namespace == claim.Metadata.Namespace
        && (reference.Uid.Length == 0 || reference.Uid == claim.Metadata.Uid);

    public static bool HasModeMismatch(PersistentVolumeClaim claim, PersistentVolume volume) =>
        (claim.Spec.VolumeMode ?? PersistentVolumeMode.Filesystem)
        != (volume.Spec.VolumeMode ?? PersistentVolumeMode.Filesystem);

    /// <summary>The volume offers all the access modes that the claim asks for.</summary>
    public static bool OffersModes(PersistentVolume volume, PersistentVolumeClaim claim)
    {
        foreach (var mode in claim.Spec.AccessModes)
        {
            if (!volume.Spec.AccessModes.Contains(mode))
            {
                return false;
            }
        }

        return true;
    }

    public static bool FitsNode(PersistentVolume volume, Node node) =>
        volume.Spec.NodeAffinity?.Required is not { } required
        || NodeSelectors.Matches(required.NodeSelectorTerms, node);

    /// <summary>The volume as it is when bound to the claim, the same instance when it is already.</summary>
    public static PersistentVolume BoundTo(PersistentVolume volume, PersistentVolumeClaim claim)
    {
        var next = volume;
        if (volume.Spec.ClaimRef is not { } reference || !IsBoundTo(volume, claim)
            || reference.Uid != claim.Metadata.Uid)
        {
            next = next with { Spec = next.Spec with { ClaimRef = ObjectReferences.To(claim) } };
        }

        return IsBoundTo(volume, claim) ? next : Annotated(next, BoundByController, Yes);
    }

    /// <summary>The claim as it is when bound to the volume, the same instance when it is already.</summary>
    public static PersistentVolumeClaim BoundTo(PersistentVolumeClaim claim, PersistentVolume volume)
    {
        var next = claim;
        if (claim.Spec.VolumeName != volume.Metadata.Name)
        {
            next = Annotated(next, BoundByController, Yes);
            next = next with { Spec = next.Spec with { VolumeName = volume.Metadata.Name } };
        }

        return Annotated(next, BindCompleted, Yes);
    }

    public static PersistentVolume Annotated(PersistentVolume volume, string name, string value) =>
        volume.Metadata.Annotations.Get(name) == value ? volume : volume with
        {
            Metadata = volume.Metadata with { Annotations = volume.Metadata.Annotations.Set(name, value) },
        };

    public static PersistentVolumeClaim Annotated(PersistentVolumeClaim claim, string name, string value) =>
        claim.Metadata.Annotations.Get(name) == value ? claim : claim with
        {
            Metadata = claim.Metadata with { Annotations = claim.Metadata.Annotations.Set(name, value) },
        };

    /// <summary>The scheduler chose the node for it: the volume may be made now.</summary>
    public static bool HasSelectedNode(PersistentVolumeClaim claim) =>
        claim.Metadata.Annotations.ContainsKey(SelectedNode);

    /// <summary>The claim is bound when its first pod is scheduled, not before.</summary>
    public static bool WaitsForConsumer(PersistentVolumeClaim claim, Func<string, StorageClass?> classes)
    {
        var name = ClassOf(claim);
        return name.Length > 0 && classes(name) is { VolumeBindingMode: VolumeBindingMode.WaitForFirstConsumer };
    }

    /// <summary>
    /// The class for claims that name none: the newest that says it is the default, of equally old ones the first by
    /// name. Source: pkg/volume/util/storageclass.go, GetDefaultClass.
    /// </summary>
    public static StorageClass? DefaultOf(IEnumerable<StorageClass> classes) => classes.Where(IsDefault)
        .OrderByDescending(item => item.Metadata.CreationTimestamp?.UnixSeconds ?? 0)
        .ThenBy(item => item.Metadata.Name, StringComparer.Ordinal)
        .FirstOrDefault();

    public static bool IsDefault(StorageClass item) =>
        item.Metadata.Annotations.Get(DefaultClass) == "true"
        || item.Metadata.Annotations.Get(BetaDefaultClass) == "true";
}
