using Netes.Api;
using Netes.Api.Core;

namespace Netes.Nodes.Pods;

/// <summary>
/// The conditions that the node owns. Source: pkg/kubelet/status/generate.go.
/// </summary>
public static class PodConditions
{
    private static readonly string[] Owned =
    [
        PodConditionType.PodReadyToStartContainers, PodConditionType.Initialized, PodConditionType.Ready,
        PodConditionType.ContainersReady, PodConditionType.PodScheduled,
    ];

    /// <summary>The status's conditions: those of the node computed anew, others' kept.</summary>
    public static ValueList<PodCondition> Build(PodStatusInput input, PodStatus status)
    {
        var pod = input.Pod;
        var sandboxReady = !input.Ended && input.Runtime.Sandbox is { Ready: true } sandbox
            && (pod.Spec.HostNetwork || !sandbox.Addresses.IsEmpty);
        var containersReady = ContainersReady(pod.Spec, status);
        PodCondition[] conditions =
        [
            new()
            {
                Type = PodConditionType.PodReadyToStartContainers,
                Status = sandboxReady ? ConditionStatus.True : ConditionStatus.False,
            },
            Initialized(pod.Spec, status),
            Ready(pod, containersReady),
            containersReady,
            new() { Type = PodConditionType.PodScheduled, Status = ConditionStatus.True },
        ];
        var old = (IEnumerable<PodCondition>)pod.Status.Conditions;
        return conditions.Select(condition => Stamp(condition, input, old))
            .Concat(old.Where(condition => !Owned.Contains(condition.Type))).ToValueList();
    }

    /// <summary>The node's own conditions, and the others' as the API has them.</summary>
    public static ValueList<PodCondition> Merge(ValueList<PodCondition> stored, ValueList<PodCondition> own) =>
        ((IEnumerable<PodCondition>)own).Where(condition => Owned.Contains(condition.Type))
            .Concat(((IEnumerable<PodCondition>)stored).Where(condition => !Owned.Contains(condition.Type)))
            .ToValueList();

    private static PodCondition Stamp(PodCondition condition, PodStatusInput input, IEnumerable<PodCondition> old)
    {
        var before = old.FirstOrDefault(item => item.Type == condition.Type);
        return condition with
        {
            ObservedGeneration = input.Pod.Metadata.Generation,
            LastTransitionTime = before is not null && before.Status == condition.Status
                ? before.LastTransitionTime : Timestamp.From(input.Now),
        };
    }

    private static PodCondition Initialized(PodSpec spec, PodStatus status)
    {
        var unknown = new List<string>();
        var incomplete = new List<string>();
        foreach (var container in PodContainers.InitContainersOf(spec))
        {
            var found = Find(status.InitContainerStatuses, container.Name);
            if (found is null)
            {
                unknown.Add(container.Name);
            }
            else if (container.Kind == ContainerKind.Sidecar ? found.Started != true : !found.Ready)
            {
                incomplete.Add(container.Name);
            }
        }

        if (status.Phase == PodPhase.Succeeded && unknown.Count == 0)
        {
            return new()
            {
                Type = PodConditionType.Initialized, Status = ConditionStatus.True, Reason = "PodCompleted",
            };
        }

        var anyStarted = ((IEnumerable<ContainerStatus>)status.ContainerStatuses).Any(item =>
            item.State.Running is not null || item.State.Terminated is not null
            || item.LastTerminationState.Terminated is not null);
        var message = anyStarted && unknown.Count == 0 ? "" : Message(unknown, "incomplete", incomplete);
        return message.Length == 0
            ? new() { Type = PodConditionType.Initialized, Status = ConditionStatus.True }
            : new()
            {
                Type = PodConditionType.Initialized, Status = ConditionStatus.False,
                Reason = "ContainersNotInitialized", Message = message,
            };
    }

    private static PodCondition ContainersReady(PodSpec spec, PodStatus status)
    {
        var unknown = new List<string>();
        var unready = new List<string>();
        var counted = PodContainers.InitContainersOf(spec).Where(item => item.Kind == ContainerKind.Sidecar)
            .Concat(PodContainers.RegularOf(spec));
        foreach (var container in counted)
        {
            var found = Find(status.ContainerStatuses, container.Name)
                ?? Find(status.InitContainerStatuses, container.Name);
            if (found is null)
            {
                unknown.Add(container.Name);
            }
            else if (!found.Ready)
            {
                unready.Add(container.Name);
            }
        }

        if (unknown.Count == 0 && status.Phase is PodPhase.Succeeded or PodPhase.Failed)
        {
            return new()
            {
                Type = PodConditionType.ContainersReady, Status = ConditionStatus.False,
                Reason = status.Phase == PodPhase.Succeeded ? "PodCompleted" : "PodFailed",
            };
        }

        var message = Message(unknown, "unready", unready);
        return message.Length == 0
            ? new() { Type = PodConditionType.ContainersReady, Status = ConditionStatus.True }
            : new()
            {
                Type = PodConditionType.ContainersReady, Status = ConditionStatus.False,
                Reason = "ContainersNotReady", Message = message,
            };
    }

    private static PodCondition Ready(Pod pod, PodCondition containersReady)
    {
        if (containersReady.Status != ConditionStatus.True)
        {
            return containersReady with { Type = PodConditionType.Ready };
        }

        var messages = new List<string>();
        foreach (var gate in pod.Spec.ReadinessGates)
        {
            var condition = ((IEnumerable<PodCondition>)pod.Status.Conditions)
                .FirstOrDefault(item => item.Type == gate.ConditionType);
            if (condition is null)
            {
                messages.Add($"corresponding condition of pod readiness gate \"{gate.ConditionType}\" does not exist.");
            }
            else if (condition.Status != ConditionStatus.True)
            {
                messages.Add($"the status of pod readiness gate \"{gate.ConditionType}\" is not \"True\", "
                    + $"but {condition.Status}");
            }
        }

        return messages.Count == 0
            ? new() { Type = PodConditionType.Ready, Status = ConditionStatus.True }
            : new()
            {
                Type = PodConditionType.Ready, Status = ConditionStatus.False,
                Reason = "ReadinessGatesNotReady", Message = string.Join(", ", messages),
            };
    }

    private static string Message(List<string> unknown, string word, List<string> others)
    {
        var parts = new List<string>();
        if (unknown.Count > 0)
        {
            parts.Add($"containers with unknown status: [{string.Join(' ', unknown)}]");
        }

        if (others.Count > 0)
        {
            parts.Add($"containers with {word} status: [{string.Join(' ', others)}]");
        }

        return string.Join(", ", parts);
    }

    private static ContainerStatus? Find(IEnumerable<ContainerStatus> statuses, string name) =>
        statuses.FirstOrDefault(status => status.Name == name);
}
