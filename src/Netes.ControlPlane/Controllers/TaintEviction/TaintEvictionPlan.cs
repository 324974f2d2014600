using Netes.Api.Core;

namespace Netes.ControlPlane;

/// <summary>
/// When a pod must leave its tainted node. Pure. Source: pkg/controller/tainteviction/taint_eviction.go.
/// </summary>
internal static class TaintEvictionPlan
{
    /// <returns>The time; null: it may stay.</returns>
    public static DateTimeOffset? EvictAt(Pod pod, Node node, DateTimeOffset now)
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
                return now;
            }

            // The shortest of the tolerations that match counts; one without a time is for ever.
            var seconds = tolerations.Min(toleration => toleration.TolerationSeconds);
            if (seconds is { } limit)
            {
                var start = taint.TimeAdded?.ToDateTimeOffset() ?? now;
                var end = start.AddSeconds(Math.Max(0, limit));
                earliest = earliest is { } other && other < end ? other : end;
            }
        }

        return earliest;
    }
}
