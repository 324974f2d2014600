using System.Globalization;
using System.IO.Compression;
using Microsoft.Extensions.Logging;
using Netes.Nodes.Runtime;

namespace Netes.Nodes.Logs;

/// <summary>
/// Keeps the logs of running containers within their limits: a file that grew too large is renamed, the runtime opens a
/// new one, older files are compressed, the oldest removed.
/// Source: pkg/kubelet/logs/container_log_manager.go.
/// </summary>
internal sealed partial class LogRotation(
    IContainerRuntime runtime, NodeAgentOptions options, TimeProvider time, ILogger<LogRotation> logger)
{
    private static readonly TimeSpan Interval = TimeSpan.FromSeconds(10);

    public async Task RunAsync(CancellationToken cancel)
    {
        using var timer = new PeriodicTimer(Interval, time);
        try
        {
            while (await timer.WaitForNextTickAsync(cancel))
            {
                await RotateAllAsync(cancel);
            }
        }
        catch (OperationCanceledException) when (cancel.IsCancellationRequested)
        {
            return;
        }
    }

    internal async Task RotateAllAsync(CancellationToken cancel)
    {
        try
        {
            foreach (var container in await runtime.ListContainersAsync(null, cancel))
            {
                if (container.State == Cri.ContainerState.ContainerRunning && LogOf(container) is { } path
                    && new FileInfo(path) is { Exists: true } file && file.Length > options.LogMaxBytes)
                {
                    await RotateAsync(container.Id, path, cancel);
                }
            }
        }
        catch (Exception error) when (error is RuntimeException or IOException)
        {
            LogFailed(error.Message);
        }
    }

    private async Task RotateAsync(string containerId, string path, CancellationToken cancel)
    {
        var stamp = time.GetUtcNow().ToString("yyyyMMdd-HHmmss", CultureInfo.InvariantCulture);
        var rotated = $"{path}.{stamp}";
        // The pattern would also match the current file itself.
        var older = Directory.GetFiles(Path.GetDirectoryName(path)!)
            .Where(file => file.StartsWith(path + ".", StringComparison.Ordinal)).Order(StringComparer.Ordinal)
                .ToList();
        // The current file and the one being rotated now count, too.
        while (older.Count > Math.Max(0, options.LogMaxFiles - 2))
        {
            File.Delete(older[0]);
            older.RemoveAt(0);
        }

        foreach (var file in older.Where(file => !file.EndsWith(".gz", StringComparison.Ordinal)))
        {
            await CompressAsync(file, cancel);
        }

        File.Move(path, rotated);
        try
        {
            await runtime.ReopenContainerLogAsync(containerId, cancel);
        }
        catch (RuntimeException)
        {
            File.Move(rotated, path); // it still writes into this file
            throw;
        }
    }

    private static async Task CompressAsync(string path, CancellationToken cancel)
    {
        var unfinished = path + ".tmp";
        await using (var source = File.OpenRead(path))
        await using (var target = File.Create(unfinished))
        await using (var zip = new GZipStream(target, CompressionLevel.Fastest))
        {
            await source.CopyToAsync(zip, cancel);
        }

        File.Move(unfinished, path + ".gz", overwrite: true);
        File.Delete(path);
    }

    private string? LogOf(Cri.Container container)
    {
        var labels = container.Labels;
        return labels.TryGetValue(PodLabels.PodNamespace, out var podNamespace)
            && labels.TryGetValue(PodLabels.PodName, out var podName)
            && labels.TryGetValue(PodLabels.PodUid, out var podUid)
            && labels.TryGetValue(PodLabels.ContainerName, out var name)
            && container.Annotations.TryGetValue(PodLabels.RestartCount, out var count)
                ? $"{options.PodLogDirectory(podNamespace, podName, podUid)}/{name}/{count}.log" : null;
    }

    [LoggerMessage(Level = LogLevel.Warning, Message = "logs not rotated, trying again: {Why}")]
    private partial void LogFailed(string why);
}
