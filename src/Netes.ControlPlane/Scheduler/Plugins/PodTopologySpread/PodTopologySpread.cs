using Netes.Api;
using Netes.Api.Core;

namespace Netes.ControlPlane.Scheduling;

/// <summary>
/// Pods spread over zones, hosts or other parts. Source: plugins/podtopologyspread/{plugin,filtering}.go.
/// </summary>
internal sealed partial class PodTopologySpread : IPreFilterExtensions, IFilterPlugin, IPreScorePlugin, IScorePlugin
{
    private static readonly PluginStatus Uneven =
        PluginStatus.Unschedulable("node(s) didn't match pod topology spread constraints") with
        {
            Plugin = "PodTopologySpread",
        };

    private static readonly PluginStatus NoLabel = PluginStatus.Unresolvable(
        "node(s) didn't match pod topology spread constraints (missing required label)") with
    {
        Plugin = "PodTopologySpread",
    };

    private readonly PodTopologySpreadArgs _arguments;
    private readonly DefaultSelectors? _selectors;
    private readonly Snapshot _snapshot;

    public PodTopologySpread(PluginContext context)
    {
        _arguments = context.Arguments<PodTopologySpreadArgs>();
        _snapshot = context.Snapshot;
        _selectors = _arguments.DefaultConstraints.IsEmpty ? null : new DefaultSelectors(context.Informers);
    }

    public string Name => "PodTopologySpread";

    public ClusterEvents WakingEvents =>
        ClusterEvents.AssignedPodAdded | ClusterEvents.AssignedPodRemoved | ClusterEvents.AssignedPodLabelsChanged
        | ClusterEvents.PodLabelsChanged | ClusterEvents.NodeAdded | ClusterEvents.NodeRemoved
        | ClusterEvents.NodeLabelsChanged | ClusterEvents.NodeTaintsChanged;

    public bool MayHelp(PodInfo pod, ClusterChange change)
    {
        var constraints = Constraints(pod.Pod, UnsatisfiableConstraintAction.DoNotSchedule);
        if (change.Pod is not { } other)
        {
            return MayHelp(constraints, change.OldNode, change.Node);
        }

        if (other.Metadata.Uid == pod.Pod.Metadata.Uid)
        {
            return true;
        }

        if (other.Metadata.Namespace != pod.Key.Namespace)
        {
            return false;
        }

        return change.OldPod is { } old
            ? constraints.Any(constraint =>
                constraint.Labels.Matches(old.Metadata.Labels) != constraint.Labels.Matches(other.Metadata.Labels))
            : constraints.Any(constraint => constraint.Labels.Matches(other.Metadata.Labels));
    }

    public PluginStatus? PreFilter(
        CycleState state, PodInfo pod, Snapshot snapshot, out IReadOnlySet<string>? nodeNames)
    {
        nodeNames = null;
        var constraints = Constraints(pod.Pod, UnsatisfiableConstraintAction.DoNotSchedule);
        if (constraints.Count == 0)
        {
            return PluginStatus.Skipped;
        }

        var index = snapshot.Topology;
        var keys = KeysOf(constraints);
        state.Set(this, new SpreadCounts([.. constraints.Select(constraint =>
        {
            var pods = constraint.PodsFor(pod.Pod);
            var counter = index.Counter(pods).By(
                index.Map(constraint.Key), index.Nodes(constraint.NodesFor(pod.Pod, keys)));
            return new SpreadCount(
                constraint, pods, counter, constraint.Labels.Matches(pod.Pod.Metadata.Labels) ? 1 : 0);
        })]));
        return null;
    }

    public PluginStatus? AddPod(CycleState state, PodInfo pod, PodInfo added, NodeInfo node)
    {
        state.Get<SpreadCounts>(this)?.Think(added.Pod, node, 1);
        return null;
    }

    public PluginStatus? RemovePod(CycleState state, PodInfo pod, PodInfo removed, NodeInfo node)
    {
        state.Get<SpreadCounts>(this)?.Think(removed.Pod, node, -1);
        return null;
    }

    public PluginStatus? Filter(CycleState state, PodInfo pod, NodeInfo node)
    {
        foreach (var count in state.Get<SpreadCounts>(this)!.Constraints)
        {
            var domain = count.Map.DomainOf(node.Slot);
            if (domain == TopologyMap.None)
            {
                return NoLabel;
            }

            if (count.SkewIn(domain) > count.Constraint.Spec.MaxSkew)
            {
                return Uneven;
            }
        }

        return null;
    }

    /// <summary>The pod's own constraints of an action; without any, the default ones.</summary>
    private List<SpreadConstraint> Constraints(Pod pod, string action)
    {
        if (!pod.Spec.TopologySpreadConstraints.IsEmpty)
        {
            return SpreadConstraint.Of(pod.Spec.TopologySpreadConstraints, action, pod.Metadata.Labels);
        }

        var constraints = SpreadConstraint.Of(_arguments.DefaultConstraints, action, pod.Metadata.Labels);
        if (constraints.Count == 0)
        {
            return constraints;
        }

        var selector = _selectors!.For(pod);
        return selector.MatchesEverything
            ? []
            : constraints.ConvertAll(constraint => constraint with { Labels = selector });
    }

    private static ValueList<string> KeysOf(IEnumerable<SpreadConstraint> constraints) =>
        [.. constraints.Select(constraint => constraint.Key)
            .Distinct(StringComparer.Ordinal).Order(StringComparer.Ordinal)];

    /// <summary>A node that came into a domain or left one changes the counts.</summary>
    private static bool MayHelp(List<SpreadConstraint> constraints, Node? old, Node? next)
    {
        var (had, has) = (HasAll(old), HasAll(next));
        return (had || has) && (had != has || old!.Spec.Taints != next!.Spec.Taints
            || old.Spec.Unschedulable != next.Spec.Unschedulable
            || constraints.Exists(constraint =>
                old.Metadata.Labels[constraint.Key] != next.Metadata.Labels[constraint.Key]));

        bool HasAll(Node? node) =>
            node is not null && constraints.TrueForAll(constraint => node.Metadata.Labels.ContainsKey(constraint.Key));
    }
}
