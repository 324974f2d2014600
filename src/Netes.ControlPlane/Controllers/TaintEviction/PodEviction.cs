using Netes.Api;
using Netes.Api.Core;
using Netes.Client;

namespace Netes.ControlPlane;

/// <summary>
/// A pod that has to go for taints: its status says why, then it is deleted. Both are done to that very pod only, not
/// to another that came under its name, and whatever else changed of it meanwhile.
/// Source: pkg/controller/tainteviction/taint_eviction.go, addConditionAndDeletePod.
/// </summary>
internal sealed class PodEviction(KubernetesClient client, string reason, string message)
{
    /// <summary>False: it is gone already.</summary>
    public async Task<bool> RunAsync(Pod pod, DateTimeOffset now, CancellationToken cancel)
    {
        var condition = new PodCondition
        {
            Type = PodConditionType.DisruptionTarget,
            ObservedGeneration = pod.Metadata.Generation,
            Status = ConditionStatus.True,
            Reason = reason,
            Message = message,
            LastTransitionTime = Timestamp.From(now),
        };
        try
        {
            if (PodFacts.WithCondition(pod.Status.Conditions, condition) != pod.Status.Conditions)
            {
                await client.PatchAsync<Pod>(
                    pod.Metadata.Namespace, pod.Metadata.Name, PodStatusPatches.Of(pod, phase: "", condition),
                    "status", cancel);
            }

            await client.DeleteAsync<Pod>(
                pod.Metadata.Namespace, pod.Metadata.Name,
                new() { Preconditions = new() { Uid = pod.Metadata.Uid } }, cancel);
            return true;
        }
        catch (ApiException failure) when (failure.IsNotFound)
        {
            return false;
        }
    }
}
