using Netes.Api;
using Netes.Api.Core;

namespace Netes.ControlPlane;

/// <summary>Questions about pods. Source: pkg/api/v1/pod/util.go, pkg/controller/controller_utils.go.</summary>
internal static class PodFacts
{
    public static bool IsTerminal(Pod pod) => pod.Status.Phase is PodPhase.Succeeded or PodPhase.Failed;

    /// <summary>Neither finished nor being deleted.</summary>
    public static bool IsActive(Pod pod) => !IsTerminal(pod) && pod.Metadata.DeletionTimestamp is null;

    public static bool IsTerminating(Pod pod) => !IsTerminal(pod) && pod.Metadata.DeletionTimestamp is not null;

    public static bool IsReady(Pod pod) => Condition(pod, PodConditionType.Ready)?.Status == ConditionStatus.True;

    public static PodCondition? Condition(Pod pod, string type)
    {
        foreach (var condition in pod.Status.Conditions)
        {
            if (condition.Type == type)
            {
                return condition;
            }
        }

        return null;
    }

    /// <summary>Since when the pod is ready; null when it is not.</summary>
    public static Timestamp? ReadySince(Pod pod) =>
        Condition(pod, PodConditionType.Ready) is { Status: ConditionStatus.True } ready
            ? ready.LastTransitionTime ?? default(Timestamp)
            : null;

    /// <summary>Ready for at least so many seconds.</summary>
    public static bool IsAvailable(Pod pod, int minReadySeconds, DateTimeOffset now) =>
        ReadySince(pod) is { } since
        && (minReadySeconds == 0
            || (since.UnixSeconds != 0 && since.ToDateTimeOffset().AddSeconds(minReadySeconds) <= now));

    /// <summary>How long until a ready pod is available; null when it is already, or not ready.</summary>
    public static TimeSpan? UntilAvailable(Pod pod, int minReadySeconds, DateTimeOffset now) =>
        minReadySeconds > 0 && ReadySince(pod) is { UnixSeconds: not 0 } since
        && since.ToDateTimeOffset().AddSeconds(minReadySeconds) is var due && due > now
            ? due - now
            : null;

    public static bool IsHostNetwork(Pod pod) => pod.Spec.HostNetwork;

    /// <summary>A condition set; the time of its last transition moves only when its status changes.</summary>
    public static ValueList<PodCondition> WithCondition(ValueList<PodCondition> conditions, PodCondition next)
    {
        for (var i = 0; i < conditions.Count; i++)
        {
            if (conditions[i].Type == next.Type)
            {
                var same = conditions[i].Status == next.Status;
                return conditions.SetItem(
                    i, same ? next with { LastTransitionTime = conditions[i].LastTransitionTime } : next);
            }
        }

        return conditions.Add(next);
    }
}
