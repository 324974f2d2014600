using Netes.Api;
using Netes.Api.Core;

namespace Netes.ControlPlane;

/// <summary>
/// When a pod must leave its tainted node. Pure. Source: pkg/controller/tainteviction/taint_eviction.go.
/// </summary>
internal static class TaintEvictionPlan
{
    /// <param name="pod">The pod.</param>
    /// <param name="node">Its node.</param>
    /// <param name="seen">Since when the pod is known to be there with such taints.</param>
    /// <returns>The time; null: it may stay.</returns>
    public static DateTimeOffset? EvictAt(Pod pod, Node node, DateTimeOffset seen)
    {
        DateTimeOffset? earliest = null;
        foreach (var taint in node.Spec.Taints)
        {
            if (taint.Effect != TaintEffect.NoExecute)
            {
                continue;
            }

            var tolerations = pod.Spec.Tolerations
                .Where(toleration => Tolerations.Tolerates(toleration, taint))
                .ToList();
            if (tolerations.Count == 0)
            {
                return seen;
            }

            // The shortest of the tolerations that match counts; one without a time is for ever.
            var seconds = tolerations.Min(toleration => toleration.TolerationSeconds);
            if (seconds is { } limit)
            {
                var end = Start(pod, taint, seen).Plus(Math.Max(0, limit));
                earliest = earliest is { } other && other < end ? other : end;
            }
        }

        return earliest;
    }

    /// <summary>Each of the node's taints, be it for a time.</summary>
    public static bool IsTolerated(Pod pod, Node node) => node.Spec.Taints
        .Where(static taint => taint.Effect == TaintEffect.NoExecute)
        .All(taint => pod.Spec.Tolerations.Any(toleration => Tolerations.Tolerates(toleration, taint)));

    /// <summary>
    /// The tolerated time begins when the taint came or, where the pod came later, when it did; a taint that does not
    /// tell (kubectl's) came when it was seen.
    /// </summary>
    private static DateTimeOffset Start(Pod pod, Taint taint, DateTimeOffset seen)
    {
        if (taint.TimeAdded is not { } added)
        {
            return seen;
        }

        var scheduled = PodFacts.Condition(pod, PodConditionType.PodScheduled)?.LastTransitionTime;
        return scheduled is { } bound && bound.UnixSeconds > added.UnixSeconds
            ? bound.ToDateTimeOffset()
            : added.ToDateTimeOffset();
    }
}
