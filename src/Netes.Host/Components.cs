using Microsoft.Extensions.Logging;

namespace Netes.Host;

/// <summary>
/// Runs the parts of a process together: when one ends or fails, the others are stopped and all are awaited. The
/// supervisor above then starts the process anew, which is the one way to recover.
/// </summary>
internal sealed partial class Components(ILogger logger, CancellationToken cancel) : IAsyncDisposable
{
    private readonly CancellationTokenSource _stop = CancellationTokenSource.CreateLinkedTokenSource(cancel);
    private readonly List<(string Name, Task Task)> _running = [];

    public CancellationToken Stopping => _stop.Token;

    public void Start(string name, Func<CancellationToken, Task> run) => _running.Add((name, run(_stop.Token)));

    /// <summary>Ends when the process is told to stop, or with the failure of the first part that ends by
    /// itself.</summary>
    public async Task RunAsync()
    {
        var first = await Task.WhenAny(_running.Select(part => part.Task));
        var name = _running.First(part => part.Task == first).Name;
        if (!cancel.IsCancellationRequested)
        {
            Ended(logger, first.Exception?.InnerException, name);
        }

        await _stop.CancelAsync();
        try
        {
            await Task.WhenAll(_running.Select(part => part.Task));
        }
        catch (OperationCanceledException) when (cancel.IsCancellationRequested)
        {
            return;
        }

        if (!cancel.IsCancellationRequested)
        {
            throw new InvalidOperationException($"{name} ended unexpectedly");
        }
    }

    /// <summary>Tells every part to end; <see cref="RunAsync"/> then ends.</summary>
    public Task StopAsync() => _stop.CancelAsync();

    public async ValueTask DisposeAsync()
    {
        await _stop.CancelAsync();
        _stop.Dispose();
    }

    [LoggerMessage(LogLevel.Critical, "{Part} ended; the process stops")]
    private static partial void Ended(ILogger logger, Exception? error, string part);
}
