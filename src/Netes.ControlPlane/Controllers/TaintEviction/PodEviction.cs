using Netes.Api;
using Netes.Api.Core;
using Netes.Api.Meta;
using Netes.Client;

namespace Netes.ControlPlane;

/// <summary>
/// A pod that has to go for taints: its status says why, then it is deleted.
/// Source: pkg/controller/tainteviction/taint_eviction.go, addConditionAndDeletePod.
/// </summary>
internal sealed class PodEviction(KubernetesClient client, string reason, string message)
{
    /// <summary>False: it is gone already.</summary>
    public async Task<bool> RunAsync(Pod pod, DateTimeOffset now, DeleteOptions? options, CancellationToken cancel)
    {
        try
        {
            var conditions = PodFacts.WithCondition(pod.Status.Conditions, new PodCondition
            {
                Type = PodConditionType.DisruptionTarget,
                ObservedGeneration = pod.Metadata.Generation,
                Status = ConditionStatus.True,
                Reason = reason,
                Message = message,
                LastTransitionTime = Timestamp.From(now),
            });
            if (conditions != pod.Status.Conditions)
            {
                await client.UpdateStatusAsync(
                    pod with { Status = pod.Status with { Conditions = conditions } }, cancel);
            }

            await client.DeleteAsync<Pod>(pod.Metadata.Namespace, pod.Metadata.Name, options, cancel);
            return true;
        }
        catch (ApiException failure) when (failure.IsNotFound)
        {
            return false;
        }
    }
}
