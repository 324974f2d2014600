using Netes.Api;
using Netes.Api.Core;
using Netes.Api.Storage;
using Netes.Client;

namespace Netes.ControlPlane.Scheduling;

/// <summary>
/// What a node can do for the claims of a pod. Source: pkg/scheduler/framework/plugins/volumebinding/binder.go
/// (FindPodVolumes).
/// </summary>
internal sealed class VolumeFinder
{
    public const string NoVolume = "node(s) didn't find available persistent volumes to bind";
    public const string NodeConflict = "node(s) had volume node affinity conflict";
    public const string NotEnoughSpace = "node(s) did not have enough free storage";
    public const string VolumeIsGone = "node(s) unavailable due to one or more pvc(s) bound to non-existent pv(s)";

    private readonly AssumedObjects<PersistentVolume> _volumes;
    private readonly ObjectIndex<PersistentVolume> _ofClass;
    private readonly ObjectCache<StorageClass> _classes;
    private readonly ObjectCache<CSIDriver> _drivers;
    private readonly ObjectIndex<CSIStorageCapacity> _capacities;

    public VolumeFinder(InformerSet informers, AssumedObjects<PersistentVolume> volumes)
    {
        _volumes = volumes;
        _ofClass = volumes.Cache.AddIndex(static volume => [VolumeFacts.ClassOf(volume)]);
        _classes = informers.Get<StorageClass>().Cache;
        _drivers = informers.Get<CSIDriver>().Cache;
        _capacities = informers.Get<CSIStorageCapacity>().Cache.AddIndex(static item => [item.StorageClassName]);
    }

    /// <summary>The volumes when the node will do; else why it will not.</summary>
    public PodVolumes? Find(PodVolumeState state, Node node, out ValueList<string> reasons)
    {
        var (fits, exist) = CheckBound(state.Bound, node);
        var (satisfied, enough) = (true, true);
        List<StaticBinding> bindings = [];
        List<PersistentVolumeClaim> provisions = [];
        var (toFind, toProvision) = (new List<PersistentVolumeClaim>(), new List<PersistentVolumeClaim>());
        foreach (var claim in state.Delayed)
        {
            // A claim whose node was chosen already is being provisioned there.
            if (claim.Metadata.Annotations.Get(VolumeFacts.SelectedNode) is not { } selected)
            {
                toFind.Add(claim);
            }
            else if (selected == node.Metadata.Name)
            {
                toProvision.Add(claim);
            }
            else
            {
                satisfied = false;
            }
        }

        if (satisfied)
        {
            toProvision.AddRange(Match(toFind, node, bindings));
            (satisfied, enough) = CheckProvisions(toProvision, node, provisions);
        }

        reasons = Reasons((fits, NodeConflict), (satisfied, NoVolume), (enough, NotEnoughSpace), (exist, VolumeIsGone));
        return reasons.IsEmpty ? new PodVolumes { Bindings = bindings, Provisions = provisions } : null;
    }

    private static ValueList<string> Reasons(params ReadOnlySpan<(bool IsGood, string Reason)> checks)
    {
        ValueList<string> reasons = [];
        foreach (var (isGood, reason) in checks)
        {
            reasons = isGood ? reasons : reasons.Add(reason);
        }

        return reasons;
    }

    private (bool Fit, bool Exist) CheckBound(List<PersistentVolumeClaim> claims, Node node)
    {
        foreach (var claim in claims)
        {
            if (_volumes.Get(new ObjectKey("", claim.Spec.VolumeName)) is not { } volume)
            {
                return (true, false);
            }

            if (!VolumeFacts.FitsNode(volume, node))
            {
                return (false, true);
            }
        }

        return (true, true);
    }

    /// <summary>Small claims first, each the smallest volume that will do; the claims that find none.</summary>
    private List<PersistentVolumeClaim> Match(
        List<PersistentVolumeClaim> claims, Node node, List<StaticBinding> bindings)
    {
        var (taken, rest) = (new HashSet<string>(StringComparer.Ordinal), new List<PersistentVolumeClaim>());
        var search = new VolumeSearch { Node = node, WaitsForConsumer = true, Excluded = taken };
        foreach (var claim in claims.OrderBy(VolumeFacts.Request))
        {
            var volumes = _volumes.Apply(_ofClass.Get(VolumeFacts.ClassOf(claim)));
            if (VolumeMatching.Find(claim, volumes, search) is { } volume)
            {
                taken.Add(volume.Metadata.Name);
                bindings.Add(new StaticBinding(volume, claim));
            }
            else
            {
                rest.Add(claim);
            }
        }

        return rest;
    }

    private (bool Satisfied, bool Enough) CheckProvisions(
        List<PersistentVolumeClaim> claims, Node node, List<PersistentVolumeClaim> provisions)
    {
        foreach (var claim in claims)
        {
            if (_classes.Get("", VolumeFacts.ClassOf(claim)) is not { } of
                || of.Provisioner.Length == 0 || of.Provisioner == VolumeFacts.NoProvisioner
                || !IsAllowed(of.AllowedTopologies, node))
            {
                return (false, true);
            }

            if (!HasCapacity(claim, of, node))
            {
                return (true, false);
            }

            provisions.Add(claim);
        }

        return (true, true);
    }

    /// <summary>One of the terms matches, or there is none. Source: MatchTopologySelectorTerms.</summary>
    private static bool IsAllowed(ValueList<TopologySelectorTerm> terms, Node node) =>
        terms.IsEmpty || terms.Any(term => !term.MatchLabelExpressions.IsEmpty
            && term.MatchLabelExpressions.All(expression =>
                node.Metadata.Labels.TryGetValue(expression.Key, out var value)
                && expression.Values.Contains(value)));

    /// <summary>Only drivers that say so tell how much they have (KEP-1472).</summary>
    private bool HasCapacity(PersistentVolumeClaim claim, StorageClass of, Node node)
    {
        if (_drivers.Get("", of.Provisioner) is not { Spec.StorageCapacity: true })
        {
            return true;
        }

        var size = VolumeFacts.Request(claim);
        foreach (var item in _capacities.Get(of.Metadata.Name))
        {
            if (Limit(item) is { } limit && limit >= size && item.NodeTopology is { } topology
                && Selectors.Matches(topology, node.Metadata.Labels))
            {
                return true;
            }
        }

        return false;
    }

    /// <summary>The largest volume that can be made.</summary>
    internal static Quantity? Limit(CSIStorageCapacity item) => item.MaximumVolumeSize ?? item.Capacity;
}
