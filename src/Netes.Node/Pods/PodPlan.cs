using System.Collections.Immutable;
using Netes.Api.Core;

namespace Netes.Nodes.Pods;

/// <summary>All that a decision about a pod rests on.</summary>
public sealed record PodView
{
    public required Pod Pod { get; init; }

    public required PodRuntimeState Runtime { get; init; }

    public required PodMemory Memory { get; init; }

    /// <summary>The phase that follows from the runtime's state.</summary>
    public required string Phase { get; init; }

    public required DateTimeOffset Now { get; init; }

    /// <summary>When the agent first took the pod on.</summary>
    public required DateTimeOffset StartTime { get; init; }
}

/// <summary>One thing to do for a pod. They are done in the order in which they are listed.</summary>
public abstract record PodAction
{
    private PodAction()
    {
    }

    /// <summary>The sandbox is dead or without a network: stop what is left of it.</summary>
    public sealed record StopSandbox(string SandboxId) : PodAction;

    public sealed record CreateSandbox(uint Attempt) : PodAction;

    public sealed record KillContainer(PodContainer Container, RuntimeContainer Instance, string Message,
        TimeSpan? Grace)
        : PodAction;

    public sealed record StartContainer(PodContainer Container, int RestartCount, RuntimeContainer? Previous)
        : PodAction;

    /// <summary>The pod has ended or has to: stop everything, keep the dead containers for their logs.</summary>
    public sealed record Terminate(string Reason, string Message) : PodAction;
}

/// <summary>What to do now, what to show meanwhile, and when to look again if nothing happens before.</summary>
public sealed record PodDecision
{
    public ImmutableArray<PodAction> Actions { get; init; } = [];

    /// <summary>Containers held back by their restart back-off.</summary>
    public ImmutableArray<(PodContainer Container, WaitingReason Waiting)> HeldBack { get; init; } = [];

    public DateTimeOffset? LookAgainAt { get; init; }
}

/// <summary>
/// Decides, from a pod's definition and what the runtime has of it, what to do next. Pure.
/// Source: pkg/kubelet/kuberuntime/kuberuntime_manager.go (computePodActions), pkg/kubelet/active_deadline.go.
/// </summary>
public static class PodPlan
{
    private const int KilledExitCode = 137;

    public static PodDecision Decide(PodView view)
    {
        var pod = view.Pod;
        if (view.Phase is PodPhase.Succeeded or PodPhase.Failed)
        {
            return new() { Actions = [new PodAction.Terminate("", "")] };
        }

        var deadline = pod.Spec.ActiveDeadlineSeconds is { } seconds
            ? view.StartTime + TimeSpan.FromSeconds(seconds) : (DateTimeOffset?)null;
        if (deadline <= view.Now)
        {
            return new()
            {
                Actions =
                [
                    new PodAction.Terminate(
                        "DeadlineExceeded", "Pod was active on the node longer than the specified deadline"),
                ],
            };
        }

        var steps = new Steps(view);
        steps.LookAgain(deadline);
        if (NeedsSandbox(view))
        {
            DecideSandbox(view, steps);
            return steps.ToDecision();
        }

        DecideKills(view, steps);
        foreach (var container in PodContainers.EphemeralOf(pod.Spec))
        {
            steps.StartIfDue(container, view.Runtime.Find(container.Name));
        }

        if (IsOver(view))
        {
            // Only sidecars are left: they do not keep a pod alive.
            steps.Add(new PodAction.Terminate("", ""));
        }
        else if (DecideInit(view, view.Runtime.Sandbox!, steps))
        {
            foreach (var container in PodContainers.RegularOf(pod.Spec))
            {
                steps.StartIfDue(container, view.Runtime.Find(container.Name));
            }
        }

        return steps.ToDecision();
    }

    private static bool IsOver(PodView view) => PodContainers.RegularOf(view.Pod.Spec).All(container =>
        view.Runtime.Find(container.Name) is { State: RuntimeContainerState.Exited } instance
        && !RestartRules.ShouldRestart(container, view.Pod.Spec, instance.ExitCode));

    private static bool NeedsSandbox(PodView view) =>
        view.Runtime.Sandbox is not { Ready: true } sandbox
        || (sandbox.Addresses.IsEmpty && !view.Pod.Spec.HostNetwork);

    private static void DecideSandbox(PodView view, Steps steps)
    {
        var old = view.Runtime.Sandbox;
        if (old is not null)
        {
            var started = PodContainers.RegularOf(view.Pod.Spec).Any(c => view.Runtime.Find(c.Name) is not null);
            if (view.Pod.Spec.RestartPolicy == RestartPolicy.Never && started)
            {
                steps.Add(new PodAction.Terminate("", ""));
                return;
            }

            if (old.Ready || view.Runtime.HasRunning)
            {
                steps.Add(new PodAction.StopSandbox(old.Id));
            }
        }

        if (view.Memory.RetryAt > view.Now)
        {
            steps.LookAgain(view.Memory.RetryAt);
            return;
        }

        steps.Add(new PodAction.CreateSandbox(old is null ? 0 : old.Attempt + 1));
    }

    private static void DecideKills(PodView view, Steps steps)
    {
        foreach (var container in PodContainers.AllOf(view.Pod.Spec))
        {
            if (view.Runtime.Find(container.Name) is not { State: RuntimeContainerState.Running } instance)
            {
                continue;
            }

            if (view.Memory.Of(container.Name).Kill is { } kill && kill.ContainerId == instance.Id)
            {
                var message = RestartRules.ShouldRestart(container, view.Pod.Spec, KilledExitCode)
                    ? kill.Message + ", will be restarted" : kill.Message;
                steps.Add(new PodAction.KillContainer(container, instance, message, kill.Grace));
            }
            else if (instance.Hash.Length > 0 && instance.Hash != PodContainers.HashOf(container.Spec))
            {
                var message = $"Container {container.Name} definition changed, will be restarted";
                steps.Add(new PodAction.KillContainer(container, instance, message, null));
            }
        }
    }

    /// <summary>Starts the next init container if it is its turn; true when the regular ones may run.</summary>
    private static bool DecideInit(PodView view, RuntimeSandbox sandbox, Steps steps)
    {
        var spec = view.Pod.Spec;
        var initialized = PodContainers.RegularOf(spec)
            .Any(c => view.Runtime.Find(c.Name) is { } instance && instance.SandboxId == sandbox.Id);
        foreach (var container in PodContainers.InitContainersOf(spec))
        {
            var newest = view.Runtime.Find(container.Name);
            var instance = newest?.SandboxId == sandbox.Id ? newest : null;
            if (container.Kind == ContainerKind.Sidecar)
            {
                steps.StartIfDue(container, instance, newest);
                if (!initialized && !IsStarted(instance, view.Memory.Of(container.Name)))
                {
                    return false;
                }
            }
            else if (!initialized && instance is not { State: RuntimeContainerState.Exited, ExitCode: 0 })
            {
                steps.StartIfDue(container, instance, newest);
                return false;
            }
        }

        return true;
    }

    private static bool IsStarted(RuntimeContainer? instance, ContainerMemory memory) =>
        instance is { State: RuntimeContainerState.Running } && memory.ProbedId == instance.Id && memory.Started;

    /// <summary>Collects a decision.</summary>
    private sealed class Steps(PodView view)
    {
        private readonly ImmutableArray<PodAction>.Builder actions = ImmutableArray.CreateBuilder<PodAction>();

        private readonly ImmutableArray<(PodContainer, WaitingReason)>.Builder heldBack =
            ImmutableArray.CreateBuilder<(PodContainer, WaitingReason)>();

        private DateTimeOffset? lookAgainAt;

        public void Add(PodAction action) => actions.Add(action);

        public void LookAgain(DateTimeOffset? at)
        {
            if (at is not null && (lookAgainAt is null || at < lookAgainAt))
            {
                lookAgainAt = at;
            }
        }

        public void StartIfDue(PodContainer container, RuntimeContainer? instance) =>
            StartIfDue(container, instance, instance);

        public void StartIfDue(PodContainer container, RuntimeContainer? instance, RuntimeContainer? newest)
        {
            if (!RestartRules.ShouldStart(container, view.Pod, instance))
            {
                return;
            }

            var memory = view.Memory.Of(container.Name);
            if (newest is { State: RuntimeContainerState.Exited, FinishedAt: { } finished }
                && memory.RestartBackOff is { } backOff && !backOff.IsExpired(finished)
                && view.Now - finished < backOff.Delay)
            {
                heldBack.Add((container, new("CrashLoopBackOff", BackOffMessage(backOff, container))));
                LookAgain(finished + backOff.Delay);
                return;
            }

            if (memory.RetryAt > view.Now)
            {
                LookAgain(memory.RetryAt);
                return;
            }

            actions.Add(new PodAction.StartContainer(container, RestartCount(container, newest), newest));
        }

        public PodDecision ToDecision() => new()
        {
            Actions = actions.ToImmutable(), HeldBack = heldBack.ToImmutable(), LookAgainAt = lookAgainAt,
        };

        private string BackOffMessage(BackOff backOff, PodContainer container) =>
            $"back-off {backOff.Text} restarting failed container={container.Name} pod={PodText.Of(view.Pod)}";

        /// <summary>Instances that the runtime has forgotten are remembered by the API.</summary>
        private int RestartCount(PodContainer container, RuntimeContainer? newest)
        {
            if (newest is not null)
            {
                return newest.RestartCount + 1;
            }

            var known = PodText.StatusOf(view.Pod, container.Name);
            return known is { ContainerID.Length: > 0 } ? known.RestartCount + 1 : 0;
        }
    }
}
