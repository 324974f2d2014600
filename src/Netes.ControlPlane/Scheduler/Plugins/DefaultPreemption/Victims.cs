using Netes.Api;
using Netes.Api.Core;
using Netes.Api.Policy;

namespace Netes.ControlPlane.Scheduling;

/// <summary>The pods that would have to leave a node, the more important first.</summary>
/// <param name="Node">The node.</param>
/// <param name="Pods">At least one.</param>
/// <param name="Violations">How many of them a disruption budget would keep.</param>
internal sealed record Victims(NodeInfo Node, IReadOnlyList<PodInfo> Pods, int Violations);

/// <summary>
/// Which pods, and on which node, hurt least.
/// Source: plugins/defaultpreemption/default_preemption.go, framework/preemption/preemption.go.
/// </summary>
internal sealed class VictimSelection(
    SchedulerFramework framework, PodInfo pod, IReadOnlyList<PodDisruptionBudget> budgets)
{
    private CycleState _state = new();
    private NodeInfo? _node;

    /// <summary>
    /// The fewest and least important pods of lower priority without which the pod fits; those that no budget keeps are
    /// taken first.
    /// </summary>
    /// <param name="state">The cycle's; it is not changed.</param>
    /// <param name="node">The node.</param>
    /// <param name="refusal">Why there are none.</param>
    public Victims? Select(CycleState state, NodeInfo node, out PluginStatus? refusal)
    {
        var lower = node.Pods.Where(other => other.Priority < pod.Priority).Order(ByImportance).ToList();
        if (lower.Count == 0)
        {
            refusal = PluginStatus.Unresolvable("No preemption victims found for incoming pod");
            return null;
        }

        (_state, _node) = (state.Clone(), node);
        refusal = lower.Select(Remove).FirstOrDefault(static status => status is not null)
            ?? framework.RunFiltersWithNominated(_state, pod, _node, null);
        if (refusal is not null)
        {
            return null;
        }

        var (kept, free) = ByBudget(lower);
        var victims = new List<PodInfo>();
        foreach (var candidate in kept)
        {
            Spare(candidate, victims);
        }

        var violations = victims.Count;
        foreach (var candidate in free)
        {
            Spare(candidate, victims);
        }

        if (victims.Count == 0)
        {
            refusal = PluginStatus.Failed($"expected at least one victim pod on node \"{node.Name}\"");
            return null;
        }

        victims.Sort(ByImportance);
        return new Victims(node, victims, violations);
    }

    /// <summary>
    /// The node whose victims matter least: fewest broken budgets, lowest highest priority, lowest sum of priorities,
    /// fewest pods, latest start of the most important ones.
    /// </summary>
    public static Victims Best(IReadOnlyList<Victims> candidates) => candidates
        .OrderBy(candidate => candidate.Violations)
        .ThenBy(candidate => candidate.Pods[0].Priority)
        .ThenBy(candidate => candidate.Pods.Sum(victim => (long)victim.Priority + int.MaxValue + 1))
        .ThenBy(candidate => candidate.Pods.Count)
        .ThenByDescending(EarliestStart)
        .First();

    /// <summary>The more important first: by priority, then by how long it runs.</summary>
    private static Comparer<PodInfo> ByImportance { get; } = Comparer<PodInfo>.Create(static (left, right) =>
    {
        var order = right.Priority.CompareTo(left.Priority);
        return order != 0 ? order : Start(left).CompareTo(Start(right));
    });

    /// <summary>Of the most important victims, the one that runs longest.</summary>
    private static long EarliestStart(Victims victims) =>
        victims.Pods.Where(victim => victim.Priority == victims.Pods[0].Priority).Min(Start);

    private static long Start(PodInfo pod) => pod.Current.Status.StartTime?.UnixSeconds ?? long.MaxValue;

    /// <summary>Lets the pod stay if the other fits beside it.</summary>
    private void Spare(PodInfo candidate, List<PodInfo> victims)
    {
        _node = _node!.WithPod(candidate);
        framework.AddPod(_state, pod, candidate, _node);
        if (framework.RunFiltersWithNominated(_state, pod, _node, null) is not null)
        {
            Remove(candidate);
            victims.Add(candidate);
        }
    }

    private PluginStatus? Remove(PodInfo victim)
    {
        _node = _node!.WithoutPod(victim.Key);
        return framework.RemovePod(_state, pod, victim, _node);
    }

    /// <summary>Pods that a budget would keep, and the others; each group in the order in which they came.</summary>
    private (List<PodInfo> Kept, List<PodInfo> Free) ByBudget(List<PodInfo> pods)
    {
        var (kept, free) = (new List<PodInfo>(), new List<PodInfo>());
        var allowed = budgets.Select(budget => budget.Status.DisruptionsAllowed).ToArray();
        foreach (var candidate in pods)
        {
            var isKept = false;
            for (var i = 0; i < allowed.Length; i++)
            {
                // One that is being evicted already was counted then.
                if (Covers(budgets[i], candidate.Pod)
                    && !budgets[i].Status.DisruptedPods.ContainsKey(candidate.Key.Name))
                {
                    isKept |= --allowed[i] < 0;
                }
            }

            (isKept ? kept : free).Add(candidate);
        }

        return (kept, free);
    }

    /// <summary>An absent selector, or an empty one, covers nothing here.</summary>
    private static bool Covers(PodDisruptionBudget budget, Pod candidate) =>
        budget.Metadata.Namespace == candidate.Metadata.Namespace && !candidate.Metadata.Labels.IsEmpty
        && LabelSelectors.From(budget.Spec.Selector) is { MatchesEverything: false } selector
        && selector.Matches(candidate.Metadata.Labels);
}
