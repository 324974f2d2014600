using Netes.Api.Core;
using Netes.Api.Storage;
using Netes.Client;

namespace Netes.ControlPlane.Scheduling;

/// <summary>
/// Nodes in the zone and region that the labels of a pod's volumes name. Source: plugins/volumezone/volume_zone.go.
/// </summary>
internal sealed class VolumeZone(PluginContext context) : IPreFilterPlugin, IFilterPlugin
{
    private const string PluginName = "VolumeZone";
    private const string Separator = "__";

    private static readonly PluginStatus Conflict =
        PluginStatus.Unresolvable("node(s) had no available volume zone") with { Plugin = PluginName };

    // The label, and what the same was called before or is called now.
    private static readonly Dictionary<string, string> _labels = new(StringComparer.Ordinal)
    {
        ["failure-domain.beta.kubernetes.io/zone"] = "topology.kubernetes.io/zone",
        ["failure-domain.beta.kubernetes.io/region"] = "topology.kubernetes.io/region",
        ["topology.kubernetes.io/zone"] = "topology.kubernetes.io/zone",
        ["topology.kubernetes.io/region"] = "topology.kubernetes.io/region",
    };

    private readonly ObjectCache<PersistentVolumeClaim> _claims = context.Informers.Get<PersistentVolumeClaim>().Cache;
    private readonly ObjectCache<PersistentVolume> _volumes = context.Informers.Get<PersistentVolume>().Cache;
    private readonly ObjectCache<StorageClass> _classes = context.Informers.Get<StorageClass>().Cache;

    public string Name => PluginName;

    public ClusterEvents WakingEvents =>
        ClusterEvents.StorageClassAdded | ClusterEvents.NodeAdded | ClusterEvents.NodeLabelsChanged
        | ClusterEvents.ClaimAdded | ClusterEvents.ClaimChanged
        | ClusterEvents.VolumeAdded | ClusterEvents.VolumeChanged;

    public bool MayHelp(PodInfo pod, ClusterChange change) =>
        change.Object is not PersistentVolumeClaim claim || PodClaims.Of(pod.Pod).Contains(ObjectKey.Of(claim));

    public PluginStatus? PreFilter(
        CycleState state, PodInfo pod, Snapshot snapshot, out IReadOnlySet<string>? nodeNames)
    {
        nodeNames = null;
        var demands = new List<Demand>();
        foreach (var volume in pod.Pod.Spec.Volumes)
        {
            if (volume.VolumeSource.PersistentVolumeClaim is { } source
                && Collect(new ObjectKey(pod.Key.Namespace, source.ClaimName), demands) is { Length: > 0 } reason)
            {
                return PluginStatus.Unresolvable(reason) with { Plugin = PluginName };
            }
        }

        if (demands.Count == 0)
        {
            return PluginStatus.Skipped;
        }

        state.Set(this, demands);
        return null;
    }

    public PluginStatus? Filter(CycleState state, PodInfo pod, NodeInfo node)
    {
        var labels = node.Node.Metadata.Labels;
        if (state.Get<List<Demand>>(this) is not { } demands || !_labels.Keys.Any(labels.ContainsKey))
        {
            // In clusters without zones the labels of volumes mean nothing.
            return null;
        }

        foreach (var demand in demands)
        {
            if (!labels.TryGetValue(demand.Label, out var value)
                && !labels.TryGetValue(_labels[demand.Label], out value))
            {
                return Conflict;
            }

            if (!demand.Values.Contains(value))
            {
                return Conflict;
            }
        }

        return null;
    }

    /// <summary>Why the volume of a claim cannot be looked at; empty: it was, or need not be.</summary>
    private string Collect(ObjectKey key, List<Demand> demands)
    {
        if (key.Name.Length == 0)
        {
            return "PersistentVolumeClaim had no name";
        }

        if (_claims.Get(key) is not { } claim)
        {
            return $"persistentvolumeclaim \"{key.Name}\" not found";
        }

        if (claim.Spec.VolumeName.Length == 0)
        {
            var name = VolumeFacts.ClassOf(claim);
            return name.Length == 0 ? "PersistentVolumeClaim had no pv name and storageClass name"
                : _classes.Get("", name) is not { } of ? $"storageclass.storage.k8s.io \"{name}\" not found"
                : of.VolumeBindingMode == VolumeBindingMode.WaitForFirstConsumer ? ""
                : "PersistentVolume had no name";
        }

        if (_volumes.Get("", claim.Spec.VolumeName) is not { } volume)
        {
            return $"persistentvolume \"{claim.Spec.VolumeName}\" not found";
        }

        foreach (var label in _labels.Keys)
        {
            if (volume.Metadata.Labels.TryGetValue(label, out var values))
            {
                demands.Add(new Demand(label, [.. values.Split(Separator)]));
            }
        }

        return "";
    }

    private sealed record Demand(string Label, HashSet<string> Values);
}
