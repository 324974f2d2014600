using Netes.Api.Core;
using Netes.Api.Storage;
using Netes.Client;

namespace Netes.ControlPlane.Scheduling;

/// <summary>
/// Nodes from which a pod's volumes can be reached; binds claims that wait for their first pod where it goes.
/// Source: plugins/volumebinding/volume_binding.go.
/// </summary>
internal sealed class VolumeBinding : IPreFilterPlugin, IFilterPlugin, IReservePlugin, IPreBindPlugin
{
    private static readonly PluginStatus UnboundImmediate =
        PluginStatus.Unresolvable("pod has unbound immediate PersistentVolumeClaims") with { Plugin = PluginName };

    private const string PluginName = "VolumeBinding";

    private readonly AssumedObjects<PersistentVolumeClaim> _claims;
    private readonly ObjectCache<StorageClass> _classes;
    private readonly VolumeFinder _finder;
    private readonly VolumeBinder _binder;

    public VolumeBinding(PluginContext context)
    {
        var volumes = new AssumedObjects<PersistentVolume>(context.Informers.Get<PersistentVolume>().Cache);
        _claims = new AssumedObjects<PersistentVolumeClaim>(context.Informers.Get<PersistentVolumeClaim>().Cache);
        _classes = context.Informers.Get<StorageClass>().Cache;
        _finder = new VolumeFinder(context.Informers, volumes);
        _binder = new VolumeBinder(context, volumes, _claims);
    }

    public string Name => PluginName;

    public ClusterEvents WakingEvents =>
        ClusterEvents.StorageClassAdded | ClusterEvents.StorageClassChanged
        | ClusterEvents.ClaimAdded | ClusterEvents.ClaimChanged
        | ClusterEvents.VolumeAdded | ClusterEvents.VolumeChanged
        | ClusterEvents.NodeAdded | ClusterEvents.NodeLabelsChanged
        | ClusterEvents.CsiNodeAdded | ClusterEvents.CsiNodeChanged | ClusterEvents.CsiDriverChanged
        | ClusterEvents.CapacityAdded | ClusterEvents.CapacityChanged;

    public bool MayHelp(PodInfo pod, ClusterChange change) => (change.OldObject, change.Object) switch
    {
        (_, PersistentVolumeClaim claim) => PodClaims.Of(pod.Pod).Contains(ObjectKey.Of(claim)),
        (StorageClass old, StorageClass next) => old.AllowedTopologies != next.AllowedTopologies,
        (CSINode, CSINode) => false,
        (CSIStorageCapacity old, CSIStorageCapacity next) =>
            VolumeFinder.Limit(next) is { } limit && !(VolumeFinder.Limit(old) >= limit),
        (CSIDriver old, CSIDriver next) => old.Spec.StorageCapacity == true && next.Spec.StorageCapacity != true,
        _ => true,
    };

    public PluginStatus? PreFilter(
        CycleState state, PodInfo pod, Snapshot snapshot, out IReadOnlySet<string>? nodeNames)
    {
        nodeNames = null;
        var volumes = new PodVolumeState();
        var hasClaims = false;
        foreach (var volume in pod.Pod.Spec.Volumes)
        {
            if (PodClaims.NameOf(pod.Pod, volume) is not { } name)
            {
                continue;
            }

            hasClaims = true;
            var claim = _claims.Get(new ObjectKey(pod.Key.Namespace, name));
            if (WhyNot(pod.Pod, volume, name, claim) is { Length: > 0 } reason)
            {
                return PluginStatus.Unresolvable(reason) with { Plugin = PluginName };
            }

            Sort(claim!, volumes);
        }

        if (!hasClaims)
        {
            return PluginStatus.Skipped;
        }

        if (volumes.Immediate.Count > 0)
        {
            return UnboundImmediate;
        }

        state.Set(this, volumes);
        return null;
    }

    public PluginStatus? Filter(CycleState state, PodInfo pod, NodeInfo node)
    {
        if (state.Get<PodVolumeState>(this) is not { } volumes)
        {
            return null;
        }

        if (_finder.Find(volumes, node.Node, out var reasons) is not { } found)
        {
            return new PluginStatus(PluginCode.UnschedulableAndUnresolvable, reasons) { Plugin = PluginName };
        }

        volumes.ByNode[node.Name] = found;
        return null;
    }

    public PluginStatus? Reserve(CycleState state, PodInfo pod, string node)
    {
        if (state.Get<PodVolumeState>(this) is { } volumes
            && volumes.ByNode.TryGetValue(node, out var found) && !found.IsNothing)
        {
            volumes.Reserved = _binder.Assume(found, node);
        }

        return null;
    }

    public void Unreserve(CycleState state, PodInfo pod, string node)
    {
        if (state.Get<PodVolumeState>(this)?.Reserved is { } assumed)
        {
            _binder.Revert(assumed);
        }
    }

    public PluginStatus? PreBindPreFlight(CycleState state, PodInfo pod, string node) =>
        state.Get<PodVolumeState>(this)?.Reserved is null ? PluginStatus.Skipped : null;

    public async Task<PluginStatus?> PreBindAsync(
        CycleState state, PodInfo pod, string node, CancellationToken cancel)
    {
        if (state.Get<PodVolumeState>(this)?.Reserved is not { } assumed)
        {
            return null;
        }

        try
        {
            var failure = await _binder.BindAsync(pod, node, assumed, cancel);
            return failure.Length == 0 ? null : PluginStatus.Failed($"binding volumes: {failure}");
        }
        catch (Api.ApiException failure)
        {
            return PluginStatus.Failed(failure.Message);
        }
    }

    private static string WhyNot(Pod pod, Volume volume, string name, PersistentVolumeClaim? claim)
    {
        var isEphemeral = volume.VolumeSource.Ephemeral is not null;
        return claim is null
            ? isEphemeral
                ? $"waiting for ephemeral volume controller to create the persistentvolumeclaim \"{name}\""
                : $"persistentvolumeclaim \"{name}\" not found"
            : claim.Status.Phase == PersistentVolumeClaimPhase.Lost
                ? $"persistentvolumeclaim \"{name}\" bound to non-existent persistentvolume \"{claim.Spec.VolumeName}\""
            : claim.Metadata.DeletionTimestamp is not null ? $"persistentvolumeclaim \"{name}\" is being deleted"
            : isEphemeral ? PodClaims.NotOwned(pod, claim) : "";
    }

    private void Sort(PersistentVolumeClaim claim, PodVolumeState volumes)
    {
        if (VolumeFacts.IsFullyBound(claim))
        {
            volumes.Bound.Add(claim);
        }
        else if (claim.Spec.VolumeName.Length == 0
            && VolumeFacts.WaitsForConsumer(claim, name => _classes.Get("", name)))
        {
            volumes.Delayed.Add(claim);
        }
        else
        {
            volumes.Immediate.Add(claim);
        }
    }
}
