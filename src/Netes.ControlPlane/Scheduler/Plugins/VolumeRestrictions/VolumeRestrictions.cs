using Netes.Api.Core;
using Netes.Client;

namespace Netes.ControlPlane.Scheduling;

/// <summary>
/// Claims for one pod alone (ReadWriteOncePod), and disks that one machine may have at a time.
/// Source: plugins/volumerestrictions/volume_restrictions.go.
/// </summary>
internal sealed class VolumeRestrictions(PluginContext context) : IPreFilterExtensions, IFilterPlugin
{
    private const string PluginName = "VolumeRestrictions";

    private static readonly PluginStatus DiskConflict =
        PluginStatus.Unschedulable("node(s) had no available disk") with { Plugin = PluginName };

    private static readonly PluginStatus ClaimConflict = PluginStatus.Unschedulable(
        "node has pod using PersistentVolumeClaim with the same name and ReadWriteOncePod access mode") with
    { Plugin = PluginName };

    private readonly ObjectCache<PersistentVolumeClaim> _claims = context.Informers.Get<PersistentVolumeClaim>().Cache;

    public string Name => PluginName;

    public ClusterEvents WakingEvents =>
        ClusterEvents.AssignedPodRemoved | ClusterEvents.NodeAdded | ClusterEvents.ClaimAdded
        | ClusterEvents.ClaimChanged;

    public bool MayHelp(PodInfo pod, ClusterChange change) => change switch
    {
        { Object: PersistentVolumeClaim claim } => PodClaims.Of(pod.Pod).Contains(ObjectKey.Of(claim)),
        { Events: ClusterEvents.AssignedPodRemoved, Pod: { } gone } =>
            PodClaims.Of(gone).Intersect(PodClaims.Of(pod.Pod)).Any()
            || pod.Pod.Spec.Volumes.Any(volume => DiskConflicts.Between(volume.VolumeSource, gone)),
        _ => true,
    };

    public PluginStatus? PreFilter(
        CycleState state, PodInfo pod, Snapshot snapshot, out IReadOnlySet<string>? nodeNames)
    {
        nodeNames = null;
        var exclusive = new HashSet<ObjectKey>();
        foreach (var volume in pod.Pod.Spec.Volumes)
        {
            if (volume.VolumeSource.PersistentVolumeClaim is not { } source)
            {
                continue;
            }

            var key = new ObjectKey(pod.Key.Namespace, source.ClaimName);
            if (_claims.Get(key) is not { } claim)
            {
                return PluginStatus.Unresolvable($"persistentvolumeclaim \"{key.Name}\" not found") with
                {
                    Plugin = PluginName,
                };
            }

            if (claim.Spec.AccessModes.Contains(PersistentVolumeAccessMode.ReadWriteOncePod))
            {
                exclusive.Add(key);
            }
        }

        var conflicts = exclusive.Count == 0
            ? 0
            : snapshot.Nodes.Sum(node => node.Pods.Sum(other => Count(exclusive, other)));
        if (conflicts == 0 && !pod.Pod.Spec.Volumes.Any(volume => DiskConflicts.MayHave(volume.VolumeSource)))
        {
            return PluginStatus.Skipped;
        }

        state.Set(this, new Use(exclusive, conflicts));
        return null;
    }

    public PluginStatus? AddPod(CycleState state, PodInfo pod, PodInfo added, NodeInfo node) => Change(state, added, 1);

    public PluginStatus? RemovePod(CycleState state, PodInfo pod, PodInfo removed, NodeInfo node) =>
        Change(state, removed, -1);

    public PluginStatus? Filter(CycleState state, PodInfo pod, NodeInfo node)
    {
        foreach (var volume in pod.Pod.Spec.Volumes)
        {
            if (!DiskConflicts.MayHave(volume.VolumeSource))
            {
                continue;
            }

            foreach (var other in node.Pods)
            {
                if (DiskConflicts.Between(volume.VolumeSource, other.Pod))
                {
                    return DiskConflict;
                }
            }
        }

        return state.Get<Use>(this) is { Conflicts: > 0 } ? ClaimConflict : null;
    }

    private PluginStatus? Change(CycleState state, PodInfo other, int by)
    {
        if (state.Get<Use>(this) is { } use)
        {
            use.Conflicts += by * Count(use.Exclusive, other);
        }

        return null;
    }

    private static int Count(HashSet<ObjectKey> exclusive, PodInfo other) =>
        other.Pod.Spec.Volumes.Count(volume => volume.VolumeSource.PersistentVolumeClaim is { } source
            && exclusive.Contains(new ObjectKey(other.Key.Namespace, source.ClaimName)));

    /// <summary>How often pods that are placed use the pod's claims for one pod alone.</summary>
    private sealed class Use(HashSet<ObjectKey> exclusive, int conflicts) : ICycleData
    {
        public HashSet<ObjectKey> Exclusive { get; } = exclusive;

        public int Conflicts { get; set; } = conflicts;

        public ICycleData Clone() => new Use(Exclusive, Conflicts);
    }
}
