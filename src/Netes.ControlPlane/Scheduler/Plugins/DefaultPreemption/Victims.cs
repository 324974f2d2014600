using Netes.Api.Core;

namespace Netes.ControlPlane.Scheduling;

/// <summary>The pods that would have to leave a node.</summary>
internal sealed record Victims(NodeInfo Node, IReadOnlyList<PodInfo> Pods);

/// <summary>
/// Which pods, and on which node, hurt least. Pure.
/// Source: plugins/defaultpreemption/default_preemption.go, framework/preemption/preemption.go.
/// </summary>
internal static class VictimSelection
{
    /// <summary>The fewest and least important pods of lower priority without which the pod fits.</summary>
    /// <param name="pod">The pod that wants in.</param>
    /// <param name="node">The node.</param>
    /// <param name="fits">Whether the pod fits a node in some state; null: it does.</param>
    /// <param name="refusal">Why there are none.</param>
    public static Victims? Select(
        PodInfo pod, NodeInfo node, Func<NodeInfo, PluginStatus?> fits, out PluginStatus? refusal)
    {
        var lower = node.Pods.Where(other => other.Priority < pod.Priority).ToList();
        if (lower.Count == 0)
        {
            refusal = PluginStatus.Unresolvable("No preemption victims found for incoming pod");
            return null;
        }

        var state = lower.Aggregate(node, (current, victim) => current.WithoutPod(victim.Key));
        refusal = fits(state);
        if (refusal is not null)
        {
            return null;
        }

        var victims = new List<PodInfo>();
        foreach (var candidate in lower.Order(Comparer<PodInfo>.Create(CompareImportance)))
        {
            var spared = state.WithPod(candidate);
            if (fits(spared) is null)
            {
                state = spared;
            }
            else
            {
                victims.Add(candidate);
            }
        }

        return new Victims(node, victims);
    }

    /// <summary>The node whose victims matter least.</summary>
    public static Victims Best(IReadOnlyList<Victims> candidates) => candidates
        .OrderBy(candidate => candidate.Pods.Select(pod => pod.Priority).DefaultIfEmpty(int.MinValue).Max())
        .ThenBy(candidate => candidate.Pods.Sum(pod => (long)pod.Priority + int.MaxValue + 1))
        .ThenBy(candidate => candidate.Pods.Count)
        .ThenByDescending(EarliestStart)
        .First();

    /// <summary>The more important first: by priority, then by how long it runs.</summary>
    private static int CompareImportance(PodInfo left, PodInfo right)
    {
        var order = right.Priority.CompareTo(left.Priority);
        return order != 0 ? order : Start(left.Pod).CompareTo(Start(right.Pod));
    }

    /// <summary>Of the most important victims, the one that runs longest.</summary>
    private static long EarliestStart(Victims victims)
    {
        var highest = victims.Pods.Max(pod => (int?)pod.Priority);
        return victims.Pods.Where(pod => pod.Priority == highest).Select(pod => Start(pod.Pod))
            .DefaultIfEmpty(long.MaxValue).Min();
    }

    private static long Start(Pod pod) => pod.Status.StartTime?.UnixSeconds ?? long.MaxValue;
}
