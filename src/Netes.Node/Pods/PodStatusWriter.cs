using Microsoft.Extensions.Logging;
using Netes.Api;
using Netes.Api.Core;
using Netes.Client;
using Netes.Nodes.Metrics;

namespace Netes.Nodes.Pods;

/// <summary>
/// Brings one pod's status to the API: always the newest, each only once, for as long as it takes. The pod's own loop
/// never waits for the API. Source: pkg/kubelet/status/status_manager.go.
/// </summary>
internal sealed partial class PodStatusWriter(
    KubernetesClient client, Informer<Pod> pods, string podUid, NodeMetrics metrics, TimeProvider time,
    ILogger logger)
{
    private static readonly TimeSpan FirstRetry = TimeSpan.FromMilliseconds(250);
    private static readonly TimeSpan LastRetry = TimeSpan.FromSeconds(10);

    private readonly Lock gate = new();
    private readonly SemaphoreSlim signal = new(0);
    private (ObjectKey Key, PodStatus Status, long Since)? wanted;
    private bool gone;
    private Pod? written;
    private TaskCompletionSource idle = Completed();

    /// <summary>Takes a status to be written; an unwritten older one is dropped.</summary>
    public void Set(ObjectKey key, PodStatus status)
    {
        lock (gate)
        {
            // Its time counts from the first change that is not written yet.
            wanted = (key, status, wanted?.Since ?? time.GetTimestamp());
            if (idle.Task.IsCompleted)
            {
                idle = new(TaskCreationOptions.RunContinuationsAsynchronously);
            }
        }

        signal.Release();
    }

    /// <summary>Returns when all that was set is written, or when the pod is gone.</summary>
    public Task FlushAsync(CancellationToken cancel)
    {
        lock (gate)
        {
            return idle.Task.WaitAsync(cancel);
        }
    }

    public async Task RunAsync(CancellationToken cancel)
    {
        var retry = FirstRetry;
        while (!cancel.IsCancellationRequested)
        {
            try
            {
                await signal.WaitAsync(cancel);
                while (Take() is { } next)
                {
                    if (await TryWriteAsync(next.Key, next.Status, cancel))
                    {
                        metrics.StatusWritten.Observe(time.GetElapsedTime(next.Since));
                        retry = FirstRetry;
                        continue;
                    }

                    PutBack(next);
                    await Task.Delay(retry, time, cancel);
                    retry = retry * 2 > LastRetry ? LastRetry : retry * 2;
                }
            }
            catch (OperationCanceledException) when (cancel.IsCancellationRequested)
            {
                return;
            }
        }
    }

    private async Task<bool> TryWriteAsync(ObjectKey key, PodStatus status, CancellationToken cancel)
    {
        try
        {
            var stored = Newest(key) ?? await client.GetAsync<Pod>(key.Namespace, key.Name, cancel);
            if (stored.Metadata.Uid != podUid)
            {
                gone = true;
            }
            else if (StatusPatch.Between(podUid, stored.Status, PodStatuses.Merge(stored.Status, status)) is { } patch)
            {
                written = await client.PatchAsync<Pod>(key.Namespace, key.Name, patch, "status", cancel);
                metrics.Startups.StatusWritten(written);
            }

            return true;
        }
        catch (ApiException error) when (error.IsNotFound || error.IsConflict)
        {
            gone = true; // a conflict is one of uids: another pod has the name
            return true;
        }
        catch (Exception error) when (!cancel.IsCancellationRequested)
        {
            LogFailed(error, key.Namespace, key.Name);
            return false;
        }
    }

    /// <summary>The cache follows some moments after what was written here.</summary>
    private Pod? Newest(ObjectKey key)
    {
        var cached = pods.Cache.Get(key) is { } pod && pod.Metadata.Uid == podUid ? pod : null;
        return cached is null || (written is not null
            && ResourceVersions.IsNewer(written.Metadata.ResourceVersion, cached.Metadata.ResourceVersion))
                ? written : cached;
    }

    private (ObjectKey Key, PodStatus Status, long Since)? Take()
    {
        lock (gate)
        {
            var next = gone ? null : wanted;
            wanted = null;
            if (next is null)
            {
                idle.TrySetResult();
            }

            return next;
        }
    }

    private void PutBack((ObjectKey Key, PodStatus Status, long Since) unwritten)
    {
        lock (gate)
        {
            // A newer one may have come meanwhile.
            wanted = wanted is { } newer ? newer with { Since = unwritten.Since } : unwritten;
        }
    }

    private static TaskCompletionSource Completed()
    {
        var source = new TaskCompletionSource();
        source.SetResult();
        return source;
    }

    [LoggerMessage(Level = LogLevel.Warning, Message = "status of Pod {Namespace} {Name} not written, trying again")]
    private partial void LogFailed(Exception error, string @namespace, string name);
}
