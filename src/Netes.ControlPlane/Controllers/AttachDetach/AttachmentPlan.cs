using System.Security.Cryptography;
using System.Text;
using Netes.Api;
using Netes.Api.Core;
using Netes.Api.Storage;

namespace Netes.ControlPlane;

/// <summary>A volume of a CSI driver that a node's pods want.</summary>
/// <param name="Volume">The volume.</param>
/// <param name="Pods">Who wants it.</param>
internal sealed record WantedVolume(PersistentVolume Volume, ValueList<Pod> Pods)
{
    public CSIPersistentVolumeSource Source => Volume.Spec.PersistentVolumeSource.CSI!;
}

/// <summary>What is to be attached to one node, and what no longer.</summary>
internal sealed record AttachmentPlan
{
    public ValueList<WantedVolume> Attach { get; init; }

    public ValueList<VolumeAttachment> Detach { get; init; }

    /// <summary>Unwanted, and still mounted as the node says.</summary>
    public ValueList<VolumeAttachment> InUse { get; init; }

    /// <summary>What the node is told to have.</summary>
    public ValueList<AttachedVolume> Attached { get; init; }

    /// <summary>
    /// Source: pkg/controller/volume/attachdetach/reconciler/reconciler.go (reconcile).
    /// </summary>
    /// <param name="node">The node.</param>
    /// <param name="wanted">What its pods want.</param>
    /// <param name="there">Its attachments.</param>
    /// <param name="volumes">Finds volumes by their names.</param>
    public static AttachmentPlan Of(
        Node node, IReadOnlyCollection<WantedVolume> wanted, IReadOnlyList<VolumeAttachment> there,
        Func<string, PersistentVolume?> volumes)
    {
        var names = wanted.ToDictionary(
            item => NameOf(item.Volume, node.Metadata.Name), item => item, StringComparer.Ordinal);
        var present = there.Select(item => item.Metadata.Name).ToHashSet(StringComparer.Ordinal);
        var (detach, inUse) = (new List<VolumeAttachment>(), new List<VolumeAttachment>());
        var attached = new SortedSet<string>(StringComparer.Ordinal);
        foreach (var item in there)
        {
            var unique = UniqueName(item, volumes);
            var isLeaving = item.Metadata.DeletionTimestamp is not null;
            var isInUse = unique.Length > 0 && node.Status.VolumesInUse.Contains(unique);
            if (!isLeaving && !names.ContainsKey(item.Metadata.Name))
            {
                (isInUse ? inUse : detach).Add(item);
            }

            if (item.Status.Attached && !isLeaving && unique.Length > 0
                && (isInUse || names.ContainsKey(item.Metadata.Name)))
            {
                attached.Add(unique);
            }
        }

        return new()
        {
            Attach = names.Where(pair => !present.Contains(pair.Key)).Select(pair => pair.Value).ToValueList(),
            Detach = detach.ToValueList(),
            InUse = inUse.ToValueList(),
            Attached = attached.Select(name => new AttachedVolume { Name = name }).ToValueList(),
        };
    }

    /// <summary>
    /// Made of what it is about: whoever makes it a second time finds the first. Source: pkg/volume/csi/csi_attacher.go
    /// (getAttachmentName).
    /// </summary>
    public static string NameOf(PersistentVolume volume, string node)
    {
        var source = volume.Spec.PersistentVolumeSource.CSI!;
        var text = Encoding.UTF8.GetBytes(source.VolumeHandle + source.Driver + node);
        return $"csi-{Convert.ToHexStringLower(SHA256.HashData(text))}";
    }

    /// <summary>Only one node at a time may have it.</summary>
    public static bool IsExclusive(PersistentVolume volume) =>
        !volume.Spec.AccessModes.IsEmpty && volume.Spec.AccessModes.All(static mode =>
            mode is PersistentVolumeAccessMode.ReadWriteOnce or PersistentVolumeAccessMode.ReadWriteOncePod);

    /// <summary>As nodes name it; empty: its volume is not known.</summary>
    public static string UniqueName(VolumeAttachment item, Func<string, PersistentVolume?> volumes) =>
        item.Spec.Source.PersistentVolumeName is { } name
        && volumes(name)?.Spec.PersistentVolumeSource.CSI is { } source
            ? $"kubernetes.io/csi/{source.Driver}^{source.VolumeHandle}"
            : "";
}
