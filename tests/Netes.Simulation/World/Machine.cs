using Netes.ApiServer;
using Netes.Simulation.Checks;
using Netes.Store;

namespace Netes.Simulation.World;

/// <summary>The API server's place: the server comes and goes, the store stays.</summary>
internal sealed class Machine(IStore store, ApiServerOptions options, TimeProvider time, Verdict verdict)
{
    private CancellationTokenSource _stop = new();
    private Task _running = Task.CompletedTask;

    /// <summary>Null: nobody answers.</summary>
    public Netes.ApiServer.ApiServer? Server { get; private set; }

    /// <summary>Cancelled when the server that runs now dies.</summary>
    public CancellationToken Life => _stop.Token;

    public async Task StartAsync()
    {
        await _running;
        _stop = new CancellationTokenSource();
        var server = new Netes.ApiServer.ApiServer(options, store, time, Loggers.None);
        _running = WatchOverAsync(server);
        await server.Listening;
        Server = server;
    }

    /// <summary>From one moment to the next nothing answers; requests under way get no answer.</summary>
    public void Crash()
    {
        Server = null;
        _stop.Cancel();
    }

    public async Task EndAsync()
    {
        Crash();
        await _running;
    }

    private async Task WatchOverAsync(Netes.ApiServer.ApiServer server)
    {
        try
        {
            await server.RunAsync(_stop.Token);
        }
        catch (Exception failure)
        {
            verdict.Break(Finding.ServerEnded, $"the API server ended by itself: {failure}");
        }
    }
}
