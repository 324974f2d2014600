namespace Netes.Simulation.World;

/// <summary>
/// One run of a program (controllers, scheduler, a node's agent): from its start to its end or crash. A crashed one
/// reaches the server no more.
/// </summary>
internal sealed class ProgramLife : IDisposable
{
    private readonly CancellationTokenSource _stop = new();
    private Task _running = Task.CompletedTask;

    public CancellationToken Token => _stop.Token;

    public bool IsOver => _stop.IsCancellationRequested;

    public void Start(Func<CancellationToken, Task> run) => _running = run(_stop.Token);

    public void Crash() => _stop.Cancel();

    public async Task EndAsync()
    {
        Crash();
        try
        {
            await _running;
        }
        catch (OperationCanceledException) when (IsOver)
        {
            // That is how it was told to end.
        }
    }

    public void Dispose() => _stop.Dispose();
}
