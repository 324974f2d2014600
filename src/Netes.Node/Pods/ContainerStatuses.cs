using Netes.Api;
using Netes.Api.Core;

namespace Netes.Nodes.Pods;

/// <summary>
/// The states of a pod's containers. Source: pkg/kubelet/kubelet_pods.go (convertToAPIContainerStatuses),
/// pkg/kubelet/prober/prober_manager.go (UpdatePodStatus).
/// </summary>
public static class ContainerStatuses
{
    private const int KilledExitCode = 137;

    /// <summary>One status for each of the containers, in their order.</summary>
    public static IReadOnlyList<ContainerStatus> Build(
        PodStatusInput input, IReadOnlyList<PodContainer> containers, IEnumerable<ContainerStatus> old)
    {
        var before = old.ToDictionary(status => status.Name, StringComparer.Ordinal);
        return [.. containers.Select(container => Build(input, container, before.GetValueOrDefault(container.Name)))];
    }

    private static ContainerStatus Build(PodStatusInput input, PodContainer container, ContainerStatus? old)
    {
        var instances = input.Runtime.Containers.Where(instance => instance.Name == container.Name).Take(3).ToArray();
        if (instances is [{ State: RuntimeContainerState.Created }, _, ..])
        {
            instances = instances[1..]; // it is just being started: until it runs, the one before tells how it is
        }

        var status = instances.Length == 0
            ? WithoutInstance(input, container, old)
            : FromInstance(container, instances[0], old, DefaultWaiting(input.Pod));
        if (instances.Length > 1)
        {
            status = status with { LastTerminationState = StateOf(instances[1], DefaultWaiting(input.Pod)) };
        }
        else if (instances.Length == 1 && old is not null)
        {
            // The earlier instance was collected by the runtime: what the API still knows of it stays.
            status = status with { LastTerminationState = KeptLastState(instances[0], old) };
        }

        status = WithWaiting(input, container, instances.FirstOrDefault(), status);
        return WithReadiness(input, container, status) with
        {
            // What was last known of devices that were given back stays.
            AllocatedResourcesStatus = input.DeviceHealth.TryGetValue(container.Name, out var health)
                ? health : old?.AllocatedResourcesStatus ?? default,
        };
    }

    /// <summary>
    /// What of an ended pod never ended by itself is told as lost: containers of an initialized pod, and init
    /// containers before the last one that began. Source: pkg/kubelet/status/status_manager.go (TerminatePod).
    /// </summary>
    public static (IReadOnlyList<ContainerStatus> Init, IReadOnlyList<ContainerStatus> Regular) End(
        PodSpec spec, IReadOnlyList<ContainerStatus> init, IReadOnlyList<ContainerStatus> regular)
    {
        static bool Began(ContainerStatus status) => status.State.Running is not null
            || status.State.Terminated is not null || status.LastTerminationState.Terminated is not null;
        var initialized = spec.InitContainers.IsEmpty || regular.Any(Began)
            || init.All(status => status.State.Terminated is { ExitCode: 0 } || status.Started == true);
        var lastBegan = init.Count - 1;
        while (lastBegan >= 0 && !Began(init[lastBegan]))
        {
            lastBegan--;
        }

        return (
            [.. init.Select((status, index) => initialized || index < lastBegan ? Lost(status) : status)],
            initialized ? [.. regular.Select(Lost)] : regular);
    }

    private static ContainerStatus Lost(ContainerStatus status) => status.State.Terminated is not null ? status
        : status with
        {
            Ready = false,
            State = new()
            {
                Terminated = new()
                {
                    Reason = "ContainerStatusUnknown",
                    Message = "The container could not be located when the pod was terminated",
                    ExitCode = KilledExitCode,
                },
            },
        };

    private static ContainerStateWaiting DefaultWaiting(Pod pod) =>
        new() { Reason = pod.Spec.InitContainers.IsEmpty ? "ContainerCreating" : "PodInitializing" };

    private static ContainerStatus WithoutInstance(PodStatusInput input, PodContainer container, ContainerStatus? old)
    {
        if (old?.State.Terminated is not null)
        {
            return old;
        }

        var last = old?.LastTerminationState ?? ContainerState.Empty;
        var restarts = old?.RestartCount ?? 0;
        if (old?.State.Running is not null && last.Terminated is null)
        {
            last = new()
            {
                Terminated = new()
                {
                    Reason = "ContainerStatusUnknown",
                    Message = "The container could not be located when the pod was deleted.  "
                        + "The container used to be Running",
                    ExitCode = KilledExitCode,
                },
            };
            restarts += input.Pod.Metadata.DeletionTimestamp is null ? 1 : 0;
        }

        return new()
        {
            Name = container.Name,
            Image = container.Spec.Image,
            State = new() { Waiting = DefaultWaiting(input.Pod) },
            LastTerminationState = last,
            RestartCount = restarts,
        };
    }

    private static ContainerStatus FromInstance(
        PodContainer container, RuntimeContainer instance, ContainerStatus? old,
            ContainerStateWaiting defaultWaiting) =>
        new()
        {
            Name = container.Name,
            Image = instance.Image.Length > 0 ? instance.Image : container.Spec.Image,
            ImageID = instance.ImageId,
            ContainerID = ContainerId(instance),
            RestartCount = instance.RestartCount,
            State = StateOf(instance, defaultWaiting),
            AllocatedResources = container.Spec.Resources.Requests,
            Resources = container.Spec.Resources == ResourceRequirements.Empty ? null : container.Spec.Resources,
            VolumeMounts = container.Spec.VolumeMounts.IsEmpty
                ? old?.VolumeMounts ?? default : MountsOf(container.Spec),
        };

    private static ValueList<VolumeMountStatus> MountsOf(Container spec) =>
        ((IEnumerable<VolumeMount>)spec.VolumeMounts).Select(mount => new VolumeMountStatus
        {
            Name = mount.Name,
            MountPath = mount.MountPath,
            ReadOnly = mount.ReadOnly,
            RecursiveReadOnly = mount.ReadOnly ? "Disabled" : null,
        }).ToValueList();

    public static string ContainerId(RuntimeContainer instance) => "containerd://" + instance.Id;

    private static ContainerState StateOf(RuntimeContainer instance, ContainerStateWaiting defaultWaiting) =>
        instance.State switch
        {
            RuntimeContainerState.Running => new()
            {
                Running = new() { StartedAt = instance.StartedAt is { } at ? Timestamp.From(at) : null },
            },
            RuntimeContainerState.Created => new() { Waiting = defaultWaiting },
            RuntimeContainerState.Unknown => new()
            {
                Terminated = new()
                {
                    Reason = "ContainerStatusUnknown",
                    Message = "The container could not be located when the pod was terminated",
                    ExitCode = KilledExitCode,
                    ContainerID = ContainerId(instance),
                },
            },
            _ => new()
            {
                Terminated = new()
                {
                    ExitCode = instance.ExitCode,
                    Reason = instance.Reason,
                    Message = instance.Message,
                    StartedAt = instance.StartedAt is { } start ? Timestamp.From(start) : null,
                    FinishedAt = instance.FinishedAt is { } end ? Timestamp.From(end) : null,
                    ContainerID = ContainerId(instance),
                },
            },
        };

    private static ContainerState KeptLastState(RuntimeContainer instance, ContainerStatus old)
    {
        if (old.ContainerID == ContainerId(instance))
        {
            return old.LastTerminationState.Terminated?.ContainerID == ContainerId(instance)
                ? ContainerState.Empty : old.LastTerminationState;
        }

        return old.State.Terminated is not null ? old.State : old.LastTerminationState;
    }

    /// <summary>A container that is to start and cannot shows why.</summary>
    private static ContainerStatus WithWaiting(
        PodStatusInput input, PodContainer container, RuntimeContainer? instance, ContainerStatus status)
    {
        var succeeded = container.Kind == ContainerKind.Init
            && instance is { State: RuntimeContainerState.Exited, ExitCode: 0 };
        if (input.Ended || succeeded || input.Pod.Metadata.DeletionTimestamp is not null
            || input.Memory.Of(container.Name).Waiting is not { } waiting
            || !RestartRules.ShouldStart(container, input.Pod, instance))
        {
            return status;
        }

        return status with
        {
            LastTerminationState = status.State.Terminated is null ? status.LastTerminationState : status.State,
            State = new() { Waiting = new() { Reason = waiting.Reason, Message = waiting.Message } },
        };
    }

    private static ContainerStatus WithReadiness(PodStatusInput input, PodContainer container, ContainerStatus status)
    {
        var running = status.State.Running is not null;
        var memory = input.Memory.Of(container.Name);
        var probed = running && status.ContainerID == "containerd://" + memory.ProbedId;
        var started = probed && memory.Started;
        return container.Kind switch
        {
            ContainerKind.Init => status with
            {
                Started = false, Ready = status.State.Terminated is { ExitCode: 0 },
            },
            ContainerKind.Ephemeral => status with { Started = null, Ready = false },
            _ => status with
            {
                Started = started,
                Ready = started && (container.Spec.ReadinessProbe is null || memory.ReadinessSucceeded == true),
            },
        };
    }
}
