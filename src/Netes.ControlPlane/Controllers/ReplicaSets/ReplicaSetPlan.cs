using Netes.Api;
using Netes.Api.Apps;
using Netes.Api.Core;

namespace Netes.ControlPlane;

/// <summary>What a replica set should do. Pure. Source: pkg/controller/replicaset/replica_set{,_utils}.go.</summary>
internal static class ReplicaSetPlan
{
    /// <summary>Pods created or deleted in one go.</summary>
    public const int BurstReplicas = 500;

    /// <summary>How many pods are missing (positive) or too many (negative), at most a burst.</summary>
    public static int Difference(ReplicaSet set, int activePods) =>
        Math.Clamp((set.Spec.Replicas ?? 1) - activePods, -BurstReplicas, BurstReplicas);

    /// <param name="set">The replica set.</param>
    /// <param name="active">Its active pods.</param>
    /// <param name="terminating">How many of its pods are being deleted.</param>
    /// <param name="failure">What went wrong when pods were created or deleted; null: nothing.</param>
    /// <param name="now">The time.</param>
    public static ReplicaSetStatus Status(
        ReplicaSet set, IReadOnlyList<Pod> active, int terminating, Exception? failure, DateTimeOffset now)
    {
        var templateLabels = set.Spec.Template.Metadata.Labels;
        var difference = Difference(set, active.Count);
        return set.Status with
        {
            Replicas = active.Count,
            FullyLabeledReplicas = active.Count(pod => Selectors.Contains(pod.Metadata.Labels, templateLabels)),
            ReadyReplicas = active.Count(PodFacts.IsReady),
            AvailableReplicas = active.Count(pod => PodFacts.IsAvailable(pod, set.Spec.MinReadySeconds, now)),
            TerminatingReplicas = terminating,
            ObservedGeneration = set.Metadata.Generation,
            Conditions = Conditions(set.Status.Conditions, difference, failure, now),
        };
    }

    /// <summary>When a ready pod becomes available by the passing of time; null: none will.</summary>
    public static TimeSpan? NextAvailability(ReplicaSet set, IEnumerable<Pod> active, DateTimeOffset now) => active
        .Select(pod => PodFacts.UntilAvailable(pod, set.Spec.MinReadySeconds, now))
        .Min();

    private static ValueList<ReplicaSetCondition> Conditions(
        ValueList<ReplicaSetCondition> conditions, int difference, Exception? failure, DateTimeOffset now)
    {
        var has = conditions.Any(condition => condition.Type == ReplicaSetConditionType.ReplicaFailure);
        if (failure is null)
        {
            return has
                ? conditions.Where(condition => condition.Type != ReplicaSetConditionType.ReplicaFailure).ToValueList()
                : conditions;
        }

        return has ? conditions : conditions.Add(new ReplicaSetCondition
        {
            Type = ReplicaSetConditionType.ReplicaFailure,
            Status = ConditionStatus.True,
            LastTransitionTime = Timestamp.From(now),
            Reason = difference < 0 ? "FailedDelete" : "FailedCreate",
            Message = failure.Message,
        });
    }
}
