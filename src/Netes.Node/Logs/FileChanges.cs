namespace Netes.Nodes.Logs;

/// <summary>Waits for changes to a file, as the kernel tells them.</summary>
internal sealed class FileChanges : IDisposable
{
    private readonly FileSystemWatcher watcher;
    private readonly SemaphoreSlim signal = new(0);
    private readonly TimeProvider time;

    public FileChanges(string path, TimeProvider time)
    {
        this.time = time;
        watcher = new(Path.GetDirectoryName(path)!, Path.GetFileName(path))
        {
            NotifyFilter = NotifyFilters.Size | NotifyFilters.LastWrite | NotifyFilters.FileName,
        };
        watcher.Changed += (_, _) => signal.Release();
        watcher.Created += (_, _) => signal.Release();
        watcher.Renamed += (_, _) => signal.Release();
        watcher.EnableRaisingEvents = true;
    }

    public async Task WaitAsync(TimeSpan limit, CancellationToken cancel)
    {
        using var timeout = new CancellationTokenSource(limit, time);
        using var linked = CancellationTokenSource.CreateLinkedTokenSource(timeout.Token, cancel);
        try
        {
            await signal.WaitAsync(linked.Token);
            while (signal.Wait(0, cancel))
            {
                continue; // one look for many notices
            }
        }
        catch (OperationCanceledException) when (!cancel.IsCancellationRequested)
        {
            return;
        }
    }

    public void Dispose()
    {
        watcher.Dispose();
        signal.Dispose();
    }
}
