using Microsoft.Extensions.Logging;
using Netes.Api;
using Netes.Api.Core;
using Netes.Client;

namespace Netes.ControlPlane.Scheduling;

/// <summary>
/// What follows a decision: the pod counts on its node at once (assumed) and is bound beside the loop; or its condition
/// tells why it does not fit. Source: pkg/scheduler/schedule_one.go, bindingCycle and handleSchedulingFailure.
/// </summary>
internal sealed partial class Binder(
    SchedulerOptions options,
    ProfileMetrics? metrics,
    SchedulerFramework framework,
    EventRecorder events,
    SchedulerShared shared,
    ILogger logger)
{
    // All under way, those that a permit plugin lets wait among them.
    private readonly List<Task> _waiting = [];
    private readonly SemaphoreSlim _slots = new(options.MaxBindings, options.MaxBindings);

    /// <summary>Assumes the pod and binds it; returns when a slot is free and the binding is under way.</summary>
    public async Task StartAsync(QueuedPod queued, CycleState state, string node, CancellationToken cancel)
    {
        var assumed = new PodInfo(queued.Info.Pod with { Spec = queued.Info.Pod.Spec with { NodeName = node } });
        shared.Cache.Assume(assumed);
        shared.Nominator.Remove(assumed.Key);
        WaitingPod? waiting = null;
        var refusal = framework.Reserve(state, assumed, node)
            ?? framework.Permit(state, assumed, node, out waiting);
        if (refusal is not null)
        {
            Undo(queued, state, node);
            await RefuseAsync(queued, node, refusal, cancel);
            return;
        }

        if (waiting is null)
        {
            await _slots.WaitAsync(cancel);
        }

        Begin(RunAsync(new(queued, assumed, state, node), waiting, cancel));
    }

    /// <summary>Tells why the pod does not fit, and lets it rest.</summary>
    public async Task FailAsync(QueuedPod queued, ScheduleResult result, CancellationToken cancel)
    {
        var pod = queued.Info.Pod;
        Tried(queued, AttemptResult.Unschedulable);
        if (result.PostFilter is { Victims: > 0 } preemption)
        {
            shared.Metrics?.Preempted(preemption.Victims);
        }

        LogUnschedulable(logger, pod.Metadata.Namespace, pod.Metadata.Name, result.Message);
        events.Warning(pod, "FailedScheduling", result.Message);
        await _slots.WaitAsync(cancel);
        queued.Told = TellAsync(
            queued.Told, pod, new Refusal("Unschedulable", result.Message), result.PostFilter, cancel);
        shared.Queue().Rest(queued, result.Rejectors);
        Begin(queued.Told);
    }

    /// <summary>Something broke, which is not the pod's fault: tells so, and tries again after the backoff.</summary>
    public async Task BreakAsync(QueuedPod queued, string why, CancellationToken cancel)
    {
        var pod = queued.Info.Pod;
        Tried(queued, AttemptResult.Error);
        events.Warning(pod, "FailedScheduling", why);
        queued.Told = PatchConditionAsync(queued.Told, pod, new Refusal("SchedulerError", why), null, cancel);
        shared.Queue().Rest(queued, []);
        await queued.Told;
    }

    /// <summary>Ends when all that was under way has ended.</summary>
    public async Task FinishAsync()
    {
        for (var i = 0; i < options.MaxBindings; i++)
        {
            await _slots.WaitAsync(CancellationToken.None);
        }

        _slots.Release(options.MaxBindings);
        await Task.WhenAll(Waiting());
    }

    private Task[] Waiting()
    {
        lock (_waiting)
        {
            return [.. _waiting];
        }
    }

    private void Begin(Task task)
    {
        lock (_waiting)
        {
            _waiting.RemoveAll(static one => one.IsCompleted);
            if (!task.IsCompleted)
            {
                _waiting.Add(task);
            }
        }
    }

    private async Task RunAsync(Binding binding, WaitingPod? waiting, CancellationToken cancel)
    {
        shared.Metrics?.Bindings.Add();
        try
        {
            // One that waits takes no slot: it may take long, and others must not wait for it.
            await (waiting is null ? BindAsync(binding, cancel) : WaitAndBindAsync(binding, waiting, cancel));
        }
        finally
        {
            shared.Metrics?.Bindings.Add(-1);
        }
    }

    private async Task WaitAndBindAsync(Binding binding, WaitingPod waiting, CancellationToken cancel)
    {
        PluginStatus? refusal;
        try
        {
            refusal = await framework.WaitOnPermitAsync(waiting, cancel);
        }
        catch (OperationCanceledException) when (cancel.IsCancellationRequested)
        {
            // We end: nobody waits for it.
            Undo(binding.Queued, binding.State, binding.Node);
            shared.Queue().Done(binding.Queued);
            return;
        }

        if (refusal is not null)
        {
            Undo(binding.Queued, binding.State, binding.Node);
            await RefuseAsync(binding.Queued, binding.Node, refusal, cancel);
            return;
        }

        await _slots.WaitAsync(CancellationToken.None);
        await BindAsync(binding, cancel);
    }

    /// <summary>Ends its slot.</summary>
    private async Task BindAsync(Binding binding, CancellationToken cancel)
    {
        var (queued, pod, state, node) = binding;
        PluginStatus? refusal;
        try
        {
            await queued.Told;
            refusal = await framework.PreBindAsync(state, pod, node, cancel)
                ?? await BindOnceAsync(pod, state, node, cancel);
        }
        catch (Exception failure)
        {
            // The pod is gone, or we are: nobody waits for it.
            refusal = failure is ApiException { IsNotFound: true } || cancel.IsCancellationRequested
                ? PluginStatus.Skipped
                : PluginStatus.Failed(failure.Message);
            LogBindingFailed(logger, failure, pod.Key.Namespace, pod.Key.Name, node);
        }
        finally
        {
            _slots.Release();
        }

        if (refusal is null)
        {
            Bound(binding);
            return;
        }

        Undo(queued, state, node);
        if (refusal.Code == PluginCode.Skip)
        {
            shared.Queue().Done(queued);
        }
        else
        {
            await RefuseAsync(queued, node, refusal, cancel);
        }
    }

    /// <summary>By an extender, where one has the pod's binding; else by the plugins.</summary>
    private async Task<PluginStatus?> BindOnceAsync(
        PodInfo pod, CycleState state, string node, CancellationToken cancel)
    {
        if (shared.Extenders is { } extenders)
        {
            var (isTheirs, failure) = await extenders.BindAsync(pod.Pod, node, cancel);
            if (isTheirs)
            {
                return failure;
            }
        }

        return await framework.BindAsync(state, pod, node, cancel);
    }

    private void Bound(Binding binding)
    {
        var (queued, pod, state, node) = binding;
        Tried(queued, AttemptResult.Scheduled);
        shared.Metrics?.Bound(queued, shared.Time.GetElapsedTime(queued.TriedAt.First));
        shared.Queue().Done(queued);
        events.Normal(pod.Pod, "Scheduled",
            $"Successfully assigned {pod.Key.Namespace}/{pod.Key.Name} to {node}");
        framework.PostBind(state, pod, node);
    }

    /// <summary>After the choice of a node a plugin said no, or something broke.</summary>
    private async Task RefuseAsync(QueuedPod queued, string node, PluginStatus refusal, CancellationToken cancel)
    {
        var pod = queued.Info.Pod;
        if (refusal.IsRejected)
        {
            var message = FitError.Message(1, [refusal], "", "", "");
            await FailAsync(queued, new ScheduleResult(null, message, framework.Named(refusal), null), cancel);
            return;
        }

        LogRefused(logger, pod.Metadata.Namespace, pod.Metadata.Name, node, refusal.Message);
        await BreakAsync(queued, refusal.Message, cancel);
    }

    private void Tried(QueuedPod queued, AttemptResult result) => metrics?.Tried(result, queued.TriedAt.Now);

    private void Undo(QueuedPod queued, CycleState state, string node)
    {
        framework.Unreserve(state, queued.Info, node);
        shared.Cache.Forget(queued.Key);
        shared.Queue().Happened(new ClusterChange(ClusterEvents.AssignedPodRemoved) { Pod = queued.Info.Pod });
    }

    private async Task TellAsync(
        Task before, Pod pod, Refusal refusal, PostFilterResult? postFilter, CancellationToken cancel)
    {
        try
        {
            // The room that is made is the pod's before anybody sees it.
            await PatchConditionAsync(before, pod, refusal, postFilter?.NominatedNode, cancel);
            if (postFilter?.Act is { } act)
            {
                await (postFilter.Victims > 0 ? MakeRoomAsync(act, cancel) : act(cancel));
            }
        }
        catch (Exception failure)
        {
            LogTellFailed(logger, pod.Metadata.Namespace, pod.Metadata.Name, failure.Message);
        }
        finally
        {
            _slots.Release();
        }
    }

    private async Task MakeRoomAsync(Func<CancellationToken, Task> act, CancellationToken cancel)
    {
        var began = shared.Time.GetTimestamp();
        var failed = true;
        try
        {
            await act(cancel);
            failed = false;
        }
        finally
        {
            shared.Metrics?.MadeRoom(failed, shared.Time.GetElapsedTime(began));
        }
    }

    private async Task PatchConditionAsync(
        Task before, Pod pod, Refusal refusal, string? nominated, CancellationToken cancel)
    {
        try
        {
            await before;
            var current = PodFacts.Condition(pod, PodConditionType.PodScheduled);
            if (current is not { Status: ConditionStatus.False }
                || current.Reason != refusal.Reason || current.Message != refusal.Message
                || (nominated is not null && pod.Status.NominatedNodeName != nominated))
            {
                await shared.Client.PatchAsync<Pod>(pod.Metadata.Namespace, pod.Metadata.Name,
                    ConditionPatch(pod, current, refusal, nominated), "status", cancel);
            }
        }
        catch (Exception failure)
        {
            LogTellFailed(logger, pod.Metadata.Namespace, pod.Metadata.Name, failure.Message);
        }
    }

    private Patch ConditionPatch(Pod pod, PodCondition? current, Refusal refusal, string? nominated)
    {
        var since = current is { Status: ConditionStatus.False, LastTransitionTime: { } kept }
            ? kept
            : Timestamp.From(shared.Time.GetUtcNow());
        return Json.Strategic(json => json.Object("status", status =>
        {
            if (nominated is { Length: 0 })
            {
                status.WriteNull("nominatedNodeName");
            }
            else if (nominated is not null)
            {
                status.WriteString("nominatedNodeName", nominated);
            }

            status.Array("conditions", conditions =>
            {
                conditions.WriteStartObject();
                conditions.WriteString("type", PodConditionType.PodScheduled);
                conditions.WriteNumber("observedGeneration", pod.Metadata.Generation);
                conditions.WriteString("status", ConditionStatus.False);
                conditions.WriteNull("lastProbeTime");
                conditions.WriteString("lastTransitionTime", since.ToString());
                conditions.WriteString("reason", refusal.Reason);
                conditions.WriteString("message", refusal.Message);
                conditions.WriteEndObject();
            });
        }));
    }

    /// <summary>What the pod's condition says about a try that failed.</summary>
    private sealed record Refusal(string Reason, string Message);

    /// <summary>A pod on its way to its node.</summary>
    /// <param name="Queued">As it was in the shared.Queue().</param>
    /// <param name="Pod">As it is assumed to be, with its node.</param>
    /// <param name="State">The cycle's.</param>
    /// <param name="Node">Where to.</param>
    private sealed record Binding(QueuedPod Queued, PodInfo Pod, CycleState State, string Node);

    [LoggerMessage(Level = LogLevel.Warning, Message = "Pod {Namespace} {Name} is not bound to {Node}: {Why}")]
    private static partial void LogRefused(
        ILogger logger, string @namespace, string name, string node, string why);

    [LoggerMessage(Level = LogLevel.Debug, Message = "Pod {Namespace} {Name} fits nowhere: {Why}")]
    private static partial void LogUnschedulable(ILogger logger, string @namespace, string name, string why);

    [LoggerMessage(Level = LogLevel.Warning, Message = "binding Pod {Namespace} {Name} to {Node} failed")]
    private static partial void LogBindingFailed(
        ILogger logger, Exception failure, string @namespace, string name, string node);

    [LoggerMessage(Level = LogLevel.Debug, Message = "telling why Pod {Namespace} {Name} waits failed: {Why}")]
    private static partial void LogTellFailed(ILogger logger, string @namespace, string name, string why);
}
