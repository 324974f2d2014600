using Netes.Api;
using Netes.Api.Core;
using Netes.Client;

namespace Netes.Tests.ControlPlane;

/// <summary>
/// Plays the node of all pods in the namespace default: a new pod becomes what <paramref name="outcome"/> says (null:
/// nothing yet), a deleted one fails and goes.
/// </summary>
internal sealed class PlayedKubelet(TestCluster cluster, Func<Pod, PodStatus?> outcome)
{
    public static PodStatus Running { get; } = new()
    {
        Phase = PodPhase.Running,
        Conditions = [new PodCondition { Type = PodConditionType.Ready, Status = ConditionStatus.True }],
    };

    /// <summary>Its one container ended just now.</summary>
    public static PodStatus Ended(int exitCode, TimeProvider time) => new()
    {
        Phase = exitCode == 0 ? PodPhase.Succeeded : PodPhase.Failed,
        ContainerStatuses =
        [
            new ContainerStatus
            {
                Name = "main",
                State = new()
                {
                    Terminated = new()
                    {
                        ExitCode = exitCode,
                        FinishedAt = Timestamp.From(time.GetUtcNow()),
                    },
                },
            },
        ],
    };

    public async Task RunAsync(CancellationToken cancel)
    {
        try
        {
            var list = await cluster.Client.ListAsync<Pod>("default", null, cancel);
            foreach (var pod in list.Items.ToArray())
            {
                await ActAsync(pod, cancel);
            }

            var parameters = new WatchParameters { ResourceVersion = list.ResourceVersion };
            await foreach (var change in cluster.Client.WatchAsync<Pod>("default", parameters, cancel))
            {
                if (change.Type is WatchEventType.Added or WatchEventType.Modified)
                {
                    await ActAsync(change.Object, cancel);
                }
            }
        }
        catch (Exception end) when (
            cancel.IsCancellationRequested && end is (OperationCanceledException or ApiException))
        {
            // The test is over; the server may have said so first.
        }
    }

    private async Task ActAsync(Pod pod, CancellationToken cancel)
    {
        try
        {
            var ended = pod.Status.Phase is PodPhase.Succeeded or PodPhase.Failed;
            if (pod.Metadata.DeletionTimestamp is not null)
            {
                if (!ended)
                {
                    await WriteAsync(pod, new() { Phase = PodPhase.Failed }, cancel);
                }

                await cluster.Client.DeleteAsync<Pod>(
                    pod.Metadata.Namespace, pod.Metadata.Name, new() { GracePeriodSeconds = 0 }, cancel);
            }
            else if (!ended && outcome(pod) is { } status && status.Phase != pod.Status.Phase)
            {
                await WriteAsync(pod, status, cancel);
            }
        }
        catch (ApiException failure) when (failure.IsNotFound)
        {
            // It went in the meantime.
        }
    }

    private Task WriteAsync(Pod pod, PodStatus status, CancellationToken cancel) =>
        cluster.Client.PatchAsync<Pod>(
            pod.Metadata.Namespace, pod.Metadata.Name,
            StatusPatch.Between(pod.Metadata.Uid, PodStatus.Empty, status)!, "status", cancel);
}
