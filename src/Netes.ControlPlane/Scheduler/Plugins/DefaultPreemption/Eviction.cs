using System.Collections.Concurrent;
using Netes.Api;
using Netes.Api.Core;
using Netes.Client;

namespace Netes.ControlPlane.Scheduling;

/// <summary>
/// Deletes the pods that make room, beside the scheduling loop (KEP-4832).
/// Source: framework/preemption/preemption.go, prepareCandidateAsync.
/// </summary>
internal sealed class Eviction(PluginContext context)
{
    public const string Reason = "PreemptionByScheduler";

    private readonly ConcurrentDictionary<string, bool> _underWay = new(StringComparer.Ordinal);

    /// <summary>Whether pods are being deleted for the pod of this uid.</summary>
    public bool IsUnderWay(string uid) => _underWay.ContainsKey(uid);

    /// <summary>What is left to do; null: all of them are on their way out already.</summary>
    public Func<CancellationToken, Task>? Prepare(PodInfo pod, Victims victims)
    {
        var pods = victims.Pods.Select(victim => victim.Current)
            .Where(victim => victim.Metadata.DeletionTimestamp is null).ToList();
        if (pods.Count == 0)
        {
            return null;
        }

        _underWay[pod.Pod.Metadata.Uid] = true;
        return cancel => EvictAsync(pod, victims.Node.Name, pods, cancel);
    }

    private async Task EvictAsync(PodInfo pod, string node, List<Pod> victims, CancellationToken cancel)
    {
        try
        {
            await ClearLowerNominationsAsync(pod, node, cancel);
            foreach (var victim in victims)
            {
                await EvictAsync(pod, victim, node, cancel);
            }
        }
        finally
        {
            _underWay.TryRemove(pod.Pod.Metadata.Uid, out _);
            context.Activate(pod.Key);
        }
    }

    /// <summary>Less important pods that wait for the same room look for another at once.</summary>
    private async Task ClearLowerNominationsAsync(PodInfo pod, string node, CancellationToken cancel)
    {
        foreach (var other in context.Nominator.On(node) ?? [])
        {
            if (other.Priority >= pod.Priority)
            {
                continue;
            }

            context.Nominator.Remove(other.Key);
            try
            {
                await context.Client.PatchAsync<Pod>(
                    other.Key.Namespace, other.Key.Name,
                    Json.Merge(json => json.Object("status", status => status.WriteNull("nominatedNodeName"))),
                    "status", cancel);
            }
            catch (ApiException failure) when (failure.IsNotFound)
            {
                // It is gone, and its claim to the room with it.
            }
        }
    }

    private async Task EvictAsync(PodInfo pod, Pod victim, string node, CancellationToken cancel)
    {
        if (context.WaitingPods.Get(victim.Metadata.Uid) is { } waiting)
        {
            waiting.Reject("DefaultPreemption", "preempted");
        }
        else
        {
            try
            {
                await context.Client.PatchAsync<Pod>(
                    victim.Metadata.Namespace, victim.Metadata.Name, Condition(pod.Pod, victim), "status", cancel);
                await context.Client.DeleteAsync<Pod>(
                    victim.Metadata.Namespace, victim.Metadata.Name, null, cancel);
            }
            catch (ApiException failure) when (failure.IsNotFound)
            {
                // It went by itself.
                return;
            }
        }

        context.Events.Normal(victim, "Preempted", $"Preempted by pod {pod.Pod.Metadata.Uid} on node {node}");
    }

    private Patch Condition(Pod pod, Pod victim) => Json.Strategic(json => json.Object("status", status =>
        status.Array("conditions", conditions =>
        {
            conditions.WriteStartObject();
            conditions.WriteString("type", PodConditionType.DisruptionTarget);
            conditions.WriteNumber("observedGeneration", victim.Metadata.Generation);
            conditions.WriteString("status", ConditionStatus.True);
            conditions.WriteString("lastTransitionTime", Timestamp.From(context.Time.GetUtcNow()).ToString());
            conditions.WriteString("reason", Reason);
            conditions.WriteString(
                "message", $"{pod.Spec.SchedulerName}: preempting to accommodate a higher priority pod");
            conditions.WriteEndObject();
        })));
}
