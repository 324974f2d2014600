using Netes.Api;
using Netes.Api.Batch;

namespace Netes.ControlPlane;

/// <summary>
/// The conditions of jobs, with their reasons and messages. Source: pkg/controller/job/job_controller.go,
/// staging api/batch/v1/types.go.
/// </summary>
internal static class JobConditions
{
    public static JobCondition New(string type, string status, string reason, string message, DateTimeOffset now) =>
        new()
        {
            Type = type,
            Status = status,
            LastProbeTime = Timestamp.From(now),
            LastTransitionTime = Timestamp.From(now),
            Reason = reason,
            Message = message,
        };

    /// <summary>The job is to fail; it has failed when its pods are gone and counted.</summary>
    public static JobCondition FailureTarget(string reason, string message, DateTimeOffset now) =>
        New(JobConditionType.FailureTarget, ConditionStatus.True, reason, message, now);

    /// <summary>The job is to succeed; it is complete when its pods are gone and counted.</summary>
    public static JobCondition SuccessCriteriaMet(string reason, string message, DateTimeOffset now) =>
        New(JobConditionType.SuccessCriteriaMet, ConditionStatus.True, reason, message, now);

    /// <summary>What a job becomes that is to fail or to succeed.</summary>
    public static JobCondition Final(JobCondition interim, DateTimeOffset now) => New(
        interim.Type == JobConditionType.SuccessCriteriaMet ? JobConditionType.Complete : JobConditionType.Failed,
        ConditionStatus.True, interim.Reason, interim.Message, now);

    /// <summary>
    /// The condition set. A false one is not added where there is none: from nothing to false is no change.
    /// </summary>
    public static ValueList<JobCondition> Set(ValueList<JobCondition> conditions, JobCondition next)
    {
        for (var i = 0; i < conditions.Count; i++)
        {
            var old = conditions[i];
            if (old.Type == next.Type)
            {
                return (old.Status, old.Reason, old.Message) == (next.Status, next.Reason, next.Message)
                    ? conditions : conditions.SetItem(i, next);
            }
        }

        return next.Status == ConditionStatus.False ? conditions : conditions.Add(next);
    }
}
