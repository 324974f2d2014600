using Netes.Api;
using Netes.Api.Core;
using Netes.Api.Policy;
using Netes.Client;

namespace Netes.ControlPlane.Scheduling;

/// <summary>
/// Makes room for a pod by deleting pods of lower priority. Source: plugins/defaultpreemption/default_preemption.go,
/// framework/preemption/preemption.go.
/// </summary>
internal sealed class DefaultPreemption : IPostFilterPlugin, IPreEnqueuePlugin
{
    private const string Helpless = "Preemption is not helpful for scheduling";

    private static readonly PluginStatus UnderWay =
        PluginStatus.Unresolvable("waiting for the preemption for this pod to be finished");

    private readonly PluginContext _context;
    private readonly DefaultPreemptionArgs _arguments;
    private readonly ObjectCache<PodDisruptionBudget> _budgets;
    private readonly Eviction _eviction;
    private readonly Random _random;

    public DefaultPreemption(PluginContext context)
    {
        _context = context;
        _arguments = context.Arguments<DefaultPreemptionArgs>();
        _budgets = context.Informers.Get<PodDisruptionBudget>().Cache;
        _eviction = new Eviction(context);
        _random = context.Random;
    }

    public string Name => "DefaultPreemption";

    // Whoever turned the pod down knows what helps.
    public ClusterEvents WakingEvents => ClusterEvents.None;

    /// <summary>The pod is not tried again while the pods that make room are still being deleted one by one.</summary>
    public PluginStatus? PreEnqueue(Pod pod) => _eviction.IsUnderWay(pod.Metadata.Uid) ? UnderWay : null;

    public PostFilterResult PostFilter(CycleState state, PodInfo pod, Snapshot snapshot, NodeStatuses statuses)
    {
        if (pod.Pod.Spec.PreemptionPolicy == PreemptionPolicy.Never)
        {
            return Refused(null, "not eligible due to preemptionPolicy=Never.");
        }

        if (WaitsForVictims(pod, snapshot, statuses))
        {
            return Refused(null, "not eligible due to a terminating pod on the nominated node.");
        }

        var refusals = new List<PluginStatus>();
        var candidates = FindCandidates(state, pod, snapshot, statuses, refusals);
        if (candidates.Count == 0)
        {
            return Refused("", FitError.Message(snapshot.Nodes.Count, refusals, Helpless, "", ""));
        }

        if (_context.Extenders is { } extenders)
        {
            try
            {
                candidates = extenders.Preempt(pod.Pod, candidates, snapshot);
            }
            catch (ExtenderException failure)
            {
                return Refused(null, failure.Message);
            }

            if (candidates.Count == 0)
            {
                return Refused(null, "no candidate node for preemption");
            }
        }

        var best = VictimSelection.Best(candidates);
        return new PostFilterResult(best.Node.Name, "", _eviction.Prepare(pod, best)) { Victims = best.Pods.Count };
    }

    private static PostFilterResult Refused(string? nominated, string why) =>
        new(nominated, $"preemption: {why}", null);

    /// <summary>Pods were deleted for it already and are not gone yet.</summary>
    private static bool WaitsForVictims(PodInfo pod, Snapshot snapshot, NodeStatuses statuses)
    {
        var nominated = pod.Pod.Status.NominatedNodeName;
        return nominated.Length > 0
            && snapshot.Get(nominated) is { } node
            && statuses.Get(nominated).Code != PluginCode.UnschedulableAndUnresolvable
            && node.Pods.Any(other => other.Priority < pod.Priority && IsBeingPreempted(other.Current));
    }

    private static bool IsBeingPreempted(Pod pod) =>
        pod.Metadata.DeletionTimestamp is not null
        && PodFacts.Condition(pod, PodConditionType.DisruptionTarget) is
        {
            Status: ConditionStatus.True,
            Reason: Eviction.Reason,
        };

    /// <summary>Tries nodes from a random one on, until there are enough to choose from.</summary>
    private List<Victims> FindCandidates(
        CycleState state, PodInfo pod, Snapshot snapshot, NodeStatuses statuses, List<PluginStatus> refusals)
    {
        var nodes = statuses.Resolvable(snapshot).ToList();
        var candidates = new List<Victims>();
        if (nodes.Count == 0)
        {
            return candidates;
        }

        var budgets = _budgets.List();
        var enough = Math.Min(
            nodes.Count,
            Math.Max(
                nodes.Count * _arguments.MinCandidateNodesPercentage / 100, _arguments.MinCandidateNodesAbsolute));
        var isClean = false;
        var first = _random.Next(nodes.Count);
        for (var i = 0; i < nodes.Count && !(isClean && candidates.Count >= enough); i++)
        {
            var search = new VictimSelection(_context.Framework, pod, budgets);
            var victims = search.Select(state, nodes[(first + i) % nodes.Count], out var refusal);
            if (victims is not null)
            {
                candidates.Add(victims);
                isClean |= victims.Violations == 0;
            }
            else
            {
                refusals.Add(refusal!);
            }
        }

        return candidates;
    }
}
