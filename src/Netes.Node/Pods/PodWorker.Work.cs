using Microsoft.Extensions.Logging;
using Netes.Api;
using Netes.Api.Core;
using Netes.Nodes.Runtime;

namespace Netes.Nodes.Pods;

/// <content>What runs beside the loop, and the end of the pod.</content>
internal sealed partial class PodWorker
{
    private async Task<bool> EndAsync(Pod current, bool gone, PodRuntimeState runtime, CancellationToken cancel)
    {
        if (work is not null)
        {
            if (!end.IsUnderWay || end.MustHurry(current, gone))
            {
                await CancelWorkAsync();
                end.Interrupted();
            }
            else
            {
                return false;
            }
        }

        if (!end.IsDone)
        {
            if (end.RetryAt > services.Time.GetUtcNow())
            {
                LookAgain(end.RetryAt);
                return false;
            }

            Start(token => end.RunAsync(current, gone, runtime, token), cancel);
            return false;
        }

        if (current.Metadata.DeletionTimestamp is null && !gone)
        {
            services.Metrics.Probes.Forget(current);
            return false; // it has ended by itself: its containers and logs stay until it is deleted
        }

        await probes.StopAsync();
        if (!gone)
        {
            await writer.FlushAsync(cancel);
            await end.DeleteObjectAsync(current, cancel);
            LookAgain(services.Time.GetUtcNow() + LastRetry);
            return false; // until the watch says that it is gone
        }

        await end.ForgetAsync(current, runtime, cancel);
        return true;
    }

    private void RefreshVolumes(Pod current, PodRuntimeState runtime, DateTimeOffset now, CancellationToken cancel)
    {
        bool changed;
        lock (gate)
        {
            (changed, configChanged) = (configChanged, false);
        }

        if (volumesRefreshedAt == default && !changed)
        {
            volumesRefreshedAt = now;
        }
        else if (changed || now - volumesRefreshedAt >= VolumeRefresh)
        {
            volumesRefreshedAt = now;
            Start(token => actions.RefreshVolumesAsync(current, runtime, token), cancel);
        }

        LookAgain(volumesRefreshedAt + VolumeRefresh);
    }

    private void Start(Func<CancellationToken, Task> run, CancellationToken cancel)
    {
        workCancel = CancellationTokenSource.CreateLinkedTokenSource(cancel);
        turnWorks = true;
        work = RunWorkAsync(run, turn, turnBegan, workCancel.Token);
    }

    private async Task RunWorkAsync(
        Func<CancellationToken, Task> run, string operation, long began, CancellationToken cancel)
    {
        await Task.Yield(); // the loop goes on at once
        try
        {
            await run(cancel);
        }
        finally
        {
            services.Metrics.Turned(operation, began);
            Wake();
        }
    }

    private async Task CollectWorkAsync()
    {
        var done = work!;
        work = null;
        workCancel?.Dispose();
        workCancel = null;
        await done;
    }

    private async Task CancelWorkAsync()
    {
        if (work is null)
        {
            return;
        }

        workCancel?.Cancel();
        try
        {
            await CollectWorkAsync();
        }
        catch (Exception error) when (error is OperationCanceledException or RuntimeException or ApiException)
        {
            LogInterrupted(pod.Metadata.Namespace, pod.Metadata.Name, error.Message);
        }
    }

    [LoggerMessage(Level = LogLevel.Debug, Message = "work on Pod {Namespace} {Name} interrupted: {Why}")]
    private partial void LogInterrupted(string @namespace, string name, string why);
}
