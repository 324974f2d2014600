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
    KubernetesClient client,
    SchedulerFramework framework,
    SchedulerCache cache,
    SchedulingQueue queue,
    EventRecorder events,
    TimeProvider time,
    ILogger logger)
{
    private readonly SemaphoreSlim _slots = new(options.MaxBindings, options.MaxBindings);

    /// <summary>Assumes the pod and binds it; returns when a slot is free and the binding is under way.</summary>
    public async Task StartAsync(QueuedPod queued, CycleState state, string node, CancellationToken cancel)
    {
        var assumed = new PodInfo(queued.Info.Pod with { Spec = queued.Info.Pod.Spec with { NodeName = node } });
        cache.Assume(assumed);
        if (Reserve(state, queued.Info, node) is { } refusal)
        {
            Undo(queued, state, node);
            throw new InvalidOperationException($"{refusal.Plugin}: {refusal.Message}");
        }

        await _slots.WaitAsync(cancel);
        _ = BindAsync(queued, state, node, cancel);
    }

    /// <summary>Tells why the pod does not fit, and lets it rest.</summary>
    public async Task FailAsync(QueuedPod queued, ScheduleResult result, CancellationToken cancel)
    {
        var pod = queued.Info.Pod;
        LogUnschedulable(logger, pod.Metadata.Namespace, pod.Metadata.Name, result.Message);
        queue.Rest(queued, result.Rejectors);
        events.Warning(pod, "FailedScheduling", result.Message);
        await _slots.WaitAsync(cancel);
        _ = TellAsync(pod, new Refusal("Unschedulable", result.Message), result.PostFilter, cancel);
    }

    /// <summary>Ends when all that was under way has ended.</summary>
    public async Task FinishAsync()
    {
        for (var i = 0; i < options.MaxBindings; i++)
        {
            await _slots.WaitAsync(CancellationToken.None);
        }
    }

    private PluginStatus? Reserve(CycleState state, PodInfo pod, string node)
    {
        foreach (var plugin in framework.Reserves)
        {
            if (plugin.Reserve(state, pod, node) is { } status)
            {
                return status;
            }
        }

        return null;
    }

    private async Task BindAsync(QueuedPod queued, CycleState state, string node, CancellationToken cancel)
    {
        var pod = queued.Info;
        try
        {
            await RunBindingAsync(state, pod, node, cancel);
            queue.Done(queued);
            var (ns, name) = (pod.Key.Namespace, pod.Key.Name);
            events.Normal(pod.Pod, "Scheduled", $"Successfully assigned {ns}/{name} to {node}");
            foreach (var plugin in framework.PostBinds)
            {
                plugin.PostBind(state, pod, node);
            }
        }
        catch (Exception failure)
        {
            Undo(queued, state, node);
            if (failure is ApiException { IsNotFound: true } || cancel.IsCancellationRequested)
            {
                // The pod is gone, or we are: nobody waits for it.
                queue.Done(queued);
            }
            else
            {
                LogBindingFailed(logger, failure, pod.Key.Namespace, pod.Key.Name, node);
                events.Warning(pod.Pod, "FailedScheduling", failure.Message);
                queue.Rest(queued, []);
                await PatchConditionAsync(pod.Pod, new Refusal("SchedulerError", failure.Message), "", cancel);
            }
        }
        finally
        {
            _slots.Release();
        }
    }

    private async Task RunBindingAsync(CycleState state, PodInfo pod, string node, CancellationToken cancel)
    {
        foreach (var plugin in framework.Permits)
        {
            Require(await plugin.PermitAsync(state, pod, node, cancel), "Permit", plugin);
        }

        foreach (var plugin in framework.PreBinds)
        {
            Require(await plugin.PreBindAsync(state, pod, node, cancel), "PreBind", plugin);
        }

        foreach (var plugin in framework.Binds)
        {
            var status = await BindAsync(plugin, state, pod, node, cancel);
            if (status is not { Code: PluginCode.Skip })
            {
                Require(status, "Bind", plugin);
                return;
            }
        }
    }

    private static async Task<PluginStatus?> BindAsync(
        IBindPlugin plugin, CycleState state, PodInfo pod, string node, CancellationToken cancel)
    {
        try
        {
            return await plugin.BindAsync(state, pod, node, cancel);
        }
        catch (ApiException failure) when (!failure.IsNotFound)
        {
            return new PluginStatus(PluginCode.Error, [failure.Message]);
        }
    }

    private static void Require(PluginStatus? status, string point, ISchedulerPlugin plugin)
    {
        if (status is not null and not { Code: PluginCode.Skip })
        {
            throw new InvalidOperationException($"running {point} plugin \"{plugin.Name}\": {status.Message}");
        }
    }

    private void Undo(QueuedPod queued, CycleState state, string node)
    {
        foreach (var plugin in framework.Reserves.Reverse())
        {
            plugin.Unreserve(state, queued.Info, node);
        }

        cache.Forget(queued.Key);
        queue.Happened(new ClusterChange(ClusterEvents.AssignedPodRemoved) { Pod = queued.Info.Pod });
    }

    private async Task TellAsync(
        Pod pod, Refusal refusal, PostFilterResult? postFilter, CancellationToken cancel)
    {
        try
        {
            if (postFilter?.Act is { } act)
            {
                await act(cancel);
            }

            await PatchConditionAsync(pod, refusal, postFilter?.NominatedNode ?? "", cancel);
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

    private async Task PatchConditionAsync(Pod pod, Refusal refusal, string nominated, CancellationToken cancel)
    {
        try
        {
            var current = PodFacts.Condition(pod, PodConditionType.PodScheduled);
            if (current is not { Status: ConditionStatus.False }
                || current.Reason != refusal.Reason || current.Message != refusal.Message
                || (nominated.Length > 0 && pod.Status.NominatedNodeName != nominated))
            {
                await client.PatchAsync<Pod>(pod.Metadata.Namespace, pod.Metadata.Name,
                    ConditionPatch(pod, current, refusal, nominated), "status", cancel);
            }
        }
        catch (Exception failure)
        {
            LogTellFailed(logger, pod.Metadata.Namespace, pod.Metadata.Name, failure.Message);
        }
    }

    private Patch ConditionPatch(Pod pod, PodCondition? current, Refusal refusal, string nominated)
    {
        var since = current is { Status: ConditionStatus.False, LastTransitionTime: { } kept }
            ? kept
            : Timestamp.From(time.GetUtcNow());
        return Json.Strategic(json => json.Object("status", status =>
        {
            if (nominated.Length > 0)
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

    [LoggerMessage(Level = LogLevel.Debug, Message = "Pod {Namespace} {Name} fits nowhere: {Why}")]
    private static partial void LogUnschedulable(ILogger logger, string @namespace, string name, string why);

    [LoggerMessage(Level = LogLevel.Warning, Message = "binding Pod {Namespace} {Name} to {Node} failed")]
    private static partial void LogBindingFailed(
        ILogger logger, Exception failure, string @namespace, string name, string node);

    [LoggerMessage(Level = LogLevel.Debug, Message = "telling why Pod {Namespace} {Name} waits failed: {Why}")]
    private static partial void LogTellFailed(ILogger logger, string @namespace, string name, string why);
}
