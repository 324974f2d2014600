using Netes.Api;
using Netes.Api.Apps;

namespace Netes.ControlPlane;

/// <summary>
/// What a deployment's status says. Pure.
/// Source: pkg/controller/deployment/{sync,progress}.go, util/deployment_util.go.
/// </summary>
internal static class DeploymentStatusPlan
{
    public const string TimedOut = "ProgressDeadlineExceeded";
    private const string NewAvailable = "NewReplicaSetAvailable";

    /// <summary>Counts and availability.</summary>
    public static DeploymentStatus Counts(
        Deployment deployment, ReplicaSet? newest, IReadOnlyList<ReplicaSet> all, DateTimeOffset now)
    {
        var available = all.Sum(set => set.Status.AvailableReplicas);
        var status = deployment.Status with
        {
            ObservedGeneration = deployment.Metadata.Generation,
            Replicas = all.Sum(set => set.Status.Replicas),
            UpdatedReplicas = newest?.Status.Replicas ?? 0,
            ReadyReplicas = all.Sum(set => set.Status.ReadyReplicas),
            AvailableReplicas = available,
            UnavailableReplicas = Math.Max(0, DeploymentFacts.Replicas(all) - available),
            TerminatingReplicas = all.Any(set => set.Status.TerminatingReplicas is null)
                ? null
                : all.Sum(set => set.Status.TerminatingReplicas ?? 0),
        };
        var enough = available >= DeploymentFacts.MinAvailable(deployment);
        return WithCondition(status, enough
            ? Condition(DeploymentConditionType.Available, true, "MinimumReplicasAvailable",
                "Deployment has minimum availability.", now)
            : Condition(DeploymentConditionType.Available, false, "MinimumReplicasUnavailable",
                "Deployment does not have minimum availability.", now));
    }

    /// <summary>Counts, availability and how the rollout gets on.</summary>
    public static DeploymentStatus Rollout(
        Deployment deployment, ReplicaSet? newest, IReadOnlyList<ReplicaSet> all, DateTimeOffset now)
    {
        var status = Counts(deployment, newest, all, now);
        status = DeploymentFacts.HasProgressDeadline(deployment)
            ? WithProgress(deployment, newest, status, now)
            : WithoutCondition(status, DeploymentConditionType.Progressing);
        return Failure(newest, all) is { } failure
            ? WithCondition(status, failure)
            : WithoutCondition(status, DeploymentConditionType.ReplicaFailure);
    }

    /// <summary>When the deadline has to be looked at again; null: never.</summary>
    public static TimeSpan? NextCheck(Deployment deployment, DeploymentStatus status, DateTimeOffset now)
    {
        var condition = DeploymentFacts.Condition(deployment.Status, DeploymentConditionType.Progressing);
        if (!DeploymentFacts.HasProgressDeadline(deployment)
            || condition is null or { Reason: TimedOut or NewAvailable }
            || deployment.Spec.Paused || deployment.Metadata.DeletionTimestamp is not null
            || DeploymentFacts.IsComplete(deployment, status))
        {
            return null;
        }

        var left = Deadline(deployment, condition) - now;

        // A second more, as times on the wire have no fraction.
        return left < TimeSpan.FromSeconds(1) ? TimeSpan.FromSeconds(1) : left + TimeSpan.FromSeconds(1);
    }

    /// <summary>The condition that tells of a pause or its end; null: it stands already.</summary>
    public static DeploymentCondition? Pause(Deployment deployment, DateTimeOffset now)
    {
        var condition = DeploymentFacts.Condition(deployment.Status, DeploymentConditionType.Progressing);
        if (!DeploymentFacts.HasProgressDeadline(deployment) || condition is { Reason: TimedOut })
        {
            return null;
        }

        var told = condition is { Reason: "DeploymentPaused" };
        return (deployment.Spec.Paused, told) switch
        {
            (true, false) => Condition(
                DeploymentConditionType.Progressing, null, "DeploymentPaused", "Deployment is paused", now),
            (false, true) => Condition(
                DeploymentConditionType.Progressing, null, "DeploymentResumed", "Deployment is resumed", now),
            _ => null,
        };
    }

    /// <summary>The condition about the deployment's progress; the status null stands for Unknown.</summary>
    public static DeploymentCondition Condition(
        string type, bool? holds, string reason, string message, DateTimeOffset now) => new()
        {
            Type = type,
            Status = holds switch
            {
                true => ConditionStatus.True,
                false => ConditionStatus.False,
                null => ConditionStatus.Unknown,
            },
            LastUpdateTime = Timestamp.From(now),
            LastTransitionTime = Timestamp.From(now),
            Reason = reason,
            Message = message,
        };

    /// <summary>The status with the condition, unless one of the same status and reason stands there.</summary>
    public static DeploymentStatus WithCondition(DeploymentStatus status, DeploymentCondition next)
    {
        var current = DeploymentFacts.Condition(status, next.Type);
        if (current is not null && current.Status == next.Status && current.Reason == next.Reason)
        {
            return status;
        }

        var kept = current?.Status == next.Status ? current.LastTransitionTime : next.LastTransitionTime;
        return status with
        {
            Conditions = status.Conditions
                .Where(condition => condition.Type != next.Type)
                .Append(next with { LastTransitionTime = kept })
                .ToValueList(),
        };
    }

    private static DeploymentStatus WithoutCondition(DeploymentStatus status, string type) =>
        DeploymentFacts.Condition(status, type) is null
            ? status
            : status with { Conditions = status.Conditions.Where(condition => condition.Type != type).ToValueList() };

    private static DeploymentStatus WithProgress(
        Deployment deployment, ReplicaSet? newest, DeploymentStatus status, DateTimeOffset now)
    {
        var current = DeploymentFacts.Condition(deployment.Status, DeploymentConditionType.Progressing);
        if (status.Replicas == status.UpdatedReplicas && current is { Reason: NewAvailable })
        {
            return status;
        }

        var subject = newest is null
            ? $"Deployment \"{deployment.Metadata.Name}\""
            : $"ReplicaSet \"{newest.Metadata.Name}\"";
        if (DeploymentFacts.IsComplete(deployment, status))
        {
            return WithCondition(status, Condition(DeploymentConditionType.Progressing, true, NewAvailable,
                $"{subject} has successfully progressed.", now));
        }

        if (IsProgressing(deployment.Status, status))
        {
            var condition = Condition(DeploymentConditionType.Progressing, true, "ReplicaSetUpdated",
                $"{subject} is progressing.", now);
            if (current is { Status: ConditionStatus.True })
            {
                condition = condition with { LastTransitionTime = current.LastTransitionTime };
            }

            // Set anew even with the same reason: the time of its update is what the deadline counts from.
            return WithCondition(WithoutCondition(status, DeploymentConditionType.Progressing), condition);
        }

        return IsTimedOut(deployment, status, now)
            ? WithCondition(status, Condition(DeploymentConditionType.Progressing, false, TimedOut,
                $"{subject} has timed out progressing.", now))
            : status;
    }

    private static bool IsProgressing(DeploymentStatus old, DeploymentStatus next) =>
        next.UpdatedReplicas > old.UpdatedReplicas
        || next.Replicas - next.UpdatedReplicas < old.Replicas - old.UpdatedReplicas
        || next.ReadyReplicas > old.ReadyReplicas
        || next.AvailableReplicas > old.AvailableReplicas;

    private static bool IsTimedOut(Deployment deployment, DeploymentStatus status, DateTimeOffset now) =>
        DeploymentFacts.Condition(status, DeploymentConditionType.Progressing) switch
        {
            null or { Reason: NewAvailable } => false,
            { Reason: TimedOut } => true,
            var condition => Deadline(deployment, condition) < now,
        };

    private static DateTimeOffset Deadline(Deployment deployment, DeploymentCondition condition) =>
        (condition.LastUpdateTime ?? default(Timestamp)).ToDateTimeOffset()
            .AddSeconds(deployment.Spec.ProgressDeadlineSeconds ?? 0);

    /// <summary>Why pods cannot be made; the new set's reason before those of others.</summary>
    private static DeploymentCondition? Failure(ReplicaSet? newest, IReadOnlyList<ReplicaSet> all)
    {
        var failure = (newest is null ? all : all.Prepend(newest))
            .SelectMany(set => set.Status.Conditions)
            .FirstOrDefault(condition => condition.Type == ReplicaSetConditionType.ReplicaFailure);
        return failure is null ? null : new DeploymentCondition
        {
            Type = DeploymentConditionType.ReplicaFailure,
            Status = failure.Status,
            LastTransitionTime = failure.LastTransitionTime,
            LastUpdateTime = failure.LastTransitionTime,
            Reason = failure.Reason,
            Message = failure.Message,
        };
    }
}
