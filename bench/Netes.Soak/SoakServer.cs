using Netes.Bench.Load;
using Netes.Bench.Servers;
using Netes.Client;

namespace Netes.Soak;

/// <summary>A server that is ended and started again on one folder, and connections to it.</summary>
internal sealed class SoakServer(string program, string folder) : IAsyncDisposable
{
    private readonly ServerProcess _process = new(program, folder);
    private IReadOnlyList<HttpTransport> _connections = [];
    private ApiLoad? _load;

    public ServerProcess Process => _process;

    public ApiLoad Load => _load!;

    public IReadOnlyList<HttpTransport> Connections => _connections;

    /// <summary>Starts, and connects; returns how long it took to be ready.</summary>
    public async Task<TimeSpan> StartAsync(CancellationToken cancel)
    {
        TimeSpan took = await _process.StartAsync(cancel);

        // Its port is another one each time; on a full disk the file still has that of the time before.
        HttpTransportOptions options = (await Kubeconfig.ReadAsync(_process.Kubeconfig, cancel)).ToTransport() with
        {
            Server = _process.Address,
        };
        _connections = [.. Enumerable.Range(0, ApiLoad.Connections).Select(_ => new HttpTransport(options))];
        _load = new ApiLoad(_connections);
        return took;
    }

    public async Task EnsureNamespaceAsync(CancellationToken cancel)
    {
        byte[] all = await Load.ReadAsync("/api/v1/namespaces", cancel);
        if (all.AsSpan().IndexOf(Objects.Utf8($"\"name\":\"{Objects.Namespace}\"")) < 0)
        {
            await Load.CreateAsync(0, "/api/v1/namespaces", Objects.NamespaceObject, cancel);
        }
    }

    /// <summary>Everything that is there now, as the ledger compares it.</summary>
    public Task<byte[]> ListAsync(CancellationToken cancel) => Load.ReadAsync(Objects.ConfigMaps, cancel);

    public async Task KillAsync()
    {
        await _process.KillAsync();
        Disconnect();
    }

    public async ValueTask DisposeAsync()
    {
        await _process.DisposeAsync();
        Disconnect();
    }

    private void Disconnect()
    {
        _load?.Dispose();
        _load = null;
    }
}
