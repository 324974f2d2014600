using Netes.Api.Core;
using Netes.Api.Storage;
using Netes.Client;

namespace Netes.ControlPlane.Scheduling;

/// <summary>
/// No more volumes of a CSI driver on a node than the driver says it can attach.
/// Source: plugins/nodevolumelimits/csi.go.
/// </summary>
internal sealed class NodeVolumeLimits : IPreFilterPlugin, IFilterPlugin
{
    private const string PluginName = "NodeVolumeLimits";

    private static readonly PluginStatus TooMany =
        PluginStatus.Unschedulable("node(s) exceed max volume count") with { Plugin = PluginName };

    private readonly ObjectCache<PersistentVolumeClaim> _claims;
    private readonly ObjectCache<PersistentVolume> _volumes;
    private readonly ObjectCache<StorageClass> _classes;
    private readonly ObjectCache<CSINode> _nodes;
    private readonly ObjectIndex<VolumeAttachment> _attachments;

    public NodeVolumeLimits(PluginContext context)
    {
        _claims = context.Informers.Get<PersistentVolumeClaim>().Cache;
        _volumes = context.Informers.Get<PersistentVolume>().Cache;
        _classes = context.Informers.Get<StorageClass>().Cache;
        _nodes = context.Informers.Get<CSINode>().Cache;
        _attachments = context.Informers.Get<VolumeAttachment>().Cache.AddIndex(static item => [item.Spec.NodeName]);
    }

    public string Name => PluginName;

    public ClusterEvents WakingEvents =>
        ClusterEvents.CsiNodeAdded | ClusterEvents.CsiNodeChanged | ClusterEvents.AssignedPodRemoved
        | ClusterEvents.ClaimAdded | ClusterEvents.AttachmentRemoved;

    public bool MayHelp(PodInfo pod, ClusterChange change) => change switch
    {
        { Object: PersistentVolumeClaim claim } => PodClaims.Of(pod.Pod).Contains(ObjectKey.Of(claim)),
        { Events: ClusterEvents.AssignedPodRemoved, Pod: { } gone } => PodClaims.Of(gone).Any(),
        { OldObject: CSINode old, Object: CSINode next } => old.Spec.Drivers != next.Spec.Drivers,
        _ => true,
    };

    public PluginStatus? PreFilter(
        CycleState state, PodInfo pod, Snapshot snapshot, out IReadOnlySet<string>? nodeNames)
    {
        nodeNames = null;
        if (!PodClaims.Of(pod.Pod).Any())
        {
            return PluginStatus.Skipped;
        }

        foreach (var volume in pod.Pod.Spec.Volumes)
        {
            if (PodClaims.NameOf(pod.Pod, volume) is { } name
                && _claims.Get(pod.Key.Namespace, name) is null)
            {
                return PluginStatus.Unresolvable(volume.VolumeSource.Ephemeral is null
                    ? $"persistentvolumeclaim \"{name}\" not found"
                    : $"waiting for ephemeral volume controller to create the persistentvolumeclaim \"{name}\"") with
                { Plugin = PluginName };
            }
        }

        var wanted = new HashSet<AttachedVolume>();
        Collect(pod.Pod, wanted);
        if (wanted.Count == 0)
        {
            return PluginStatus.Skipped;
        }

        state.Set(this, wanted);
        return null;
    }

    public PluginStatus? Filter(CycleState state, PodInfo pod, NodeInfo node)
    {
        if (state.Get<HashSet<AttachedVolume>>(this) is not { } wanted
            || _nodes.Get("", node.Name) is not { } limits)
        {
            return null;
        }

        var attached = new HashSet<AttachedVolume>();
        foreach (var other in node.Pods)
        {
            Collect(other.Pod, attached);
        }

        // What is attached counts as long as it is, also when its pods are gone.
        foreach (var attachment in _attachments.Get(node.Name))
        {
            if (attachment.Spec.Source.PersistentVolumeName is { } name
                && _volumes.Get("", name)?.Spec.PersistentVolumeSource.CSI is { } source)
            {
                attached.Add(new AttachedVolume(source.Driver, source.VolumeHandle));
            }
        }

        foreach (var driver in limits.Spec.Drivers)
        {
            if (driver.Allocatable?.Count is { } most
                && wanted.Count(volume => volume.Driver == driver.Name && !attached.Contains(volume)) is var more
                && more > 0
                && attached.Count(volume => volume.Driver == driver.Name) + more > most)
            {
                return TooMany;
            }
        }

        return null;
    }

    private void Collect(Pod pod, HashSet<AttachedVolume> volumes)
    {
        foreach (var key in PodClaims.Of(pod))
        {
            if (_claims.Get(key) is not { } claim)
            {
                continue;
            }

            if (claim.Spec.VolumeName.Length > 0 && _volumes.Get("", claim.Spec.VolumeName) is { } volume)
            {
                if (volume.Spec.PersistentVolumeSource.CSI is { } source)
                {
                    volumes.Add(new AttachedVolume(source.Driver, source.VolumeHandle));
                }
            }
            else if (_classes.Get("", VolumeFacts.ClassOf(claim)) is { } of)
            {
                // The volume will be made by the driver; until it has a handle, the claim's name stands for it.
                volumes.Add(new AttachedVolume(MigratedPlugins.DriverOf(of.Provisioner) ?? of.Provisioner, $"\0{key}"));
            }
        }
    }

    private readonly record struct AttachedVolume(string Driver, string Handle);
}
