using Microsoft.Extensions.Logging;
using Netes.Nodes.Logs;
using Netes.Nodes.Runtime;

namespace Netes.Nodes.Pods;

/// <summary>
/// Removes what pods left behind that neither the API nor the runtime knows: folders, logs, cgroups. Such leftovers
/// come from an agent that was killed at the wrong moment.
/// Source: pkg/kubelet/kubelet_pods.go (HandlePodCleanups), pkg/kubelet/kubelet_volumes.go.
/// </summary>
internal sealed partial class PodGarbage(PodWorkerServices services, PodWorkers workers)
{
    private static readonly TimeSpan Interval = TimeSpan.FromMinutes(1);

    private readonly ILogger logger = services.Loggers.CreateLogger<PodGarbage>();

    public async Task RunAsync(Func<CancellationToken, Task> waitForPods, CancellationToken cancel)
    {
        try
        {
            await waitForPods(cancel);
            using var timer = new PeriodicTimer(Interval, services.Time);
            while (await timer.WaitForNextTickAsync(cancel))
            {
                try
                {
                    await CollectAsync(cancel);
                }
                catch (Exception error) when (error is RuntimeException or IOException or UnauthorizedAccessException)
                {
                    LogFailed(error.Message);
                }
            }
        }
        catch (OperationCanceledException) when (cancel.IsCancellationRequested)
        {
            return;
        }
    }

    internal async Task CollectAsync(CancellationToken cancel)
    {
        // What is prepared is looked at first: a pod that came later is no leftover.
        var prepared = services.Devices.Pods.PodUids;
        // The runtime is asked first: what it has now may have become a worker's by the time workers are asked.
        var known = new HashSet<string>(await services.Reader.PodsAsync(cancel), StringComparer.Ordinal);
        known.UnionWith(workers.Pods.Select(pod => pod.Metadata.Uid));
        var options = services.Options;
        foreach (var folder in Folders(options.DataDirectory + "/pods"))
        {
            if (!known.Contains(Path.GetFileName(folder)))
            {
                services.Volumes.Remove(Path.GetFileName(folder));
            }
        }

        foreach (var folder in Folders(options.LogDirectory + "/pods"))
        {
            if (!known.Contains(folder[(folder.LastIndexOf('_') + 1)..]))
            {
                Directory.Delete(folder, recursive: true);
            }
        }

        foreach (var cgroup in services.Cgroups.PodsBelow(options.CgroupRoot))
        {
            if (!known.Contains(Path.GetFileName(cgroup)["pod".Length..]))
            {
                services.Cgroups.Remove(cgroup);
            }
        }

        LogLinks.RemoveDead(options);
        await services.Devices.Pods.UnprepareVanishedAsync(prepared.Except(known), cancel);
    }

    private static string[] Folders(string path) => Directory.Exists(path) ? Directory.GetDirectories(path) : [];

    [LoggerMessage(Level = LogLevel.Warning, Message = "leftovers of pods not removed, trying again: {Why}")]
    private partial void LogFailed(string why);
}
