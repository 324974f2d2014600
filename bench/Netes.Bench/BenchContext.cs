using Netes.Bench.Load;
using Netes.Bench.Servers;
using Netes.Client;

namespace Netes.Bench;

/// <summary>What a scenario measures with: where servers come from, how much to do, where figures go.</summary>
internal sealed class BenchContext(BenchOptions options)
{
    private readonly Dictionary<string, double> _figures = [];

    public IReadOnlyDictionary<string, double> Figures => _figures;

    /// <summary>Whether servers are ours: to be started, and looked into.</summary>
    public bool IsOwn => options.Kubeconfig.Length == 0;

    /// <summary>The program that is measured.</summary>
    public string Program => options.Program;

    /// <summary>A whole number of operations, a tenth of it in a short run.</summary>
    public int Count(int full) => options.Short ? Math.Max(full / 10, 1) : full;

    public TimeSpan Period(int seconds) => TimeSpan.FromSeconds(options.Short ? Math.Max(seconds / 4, 2) : seconds);

    public void Add(string measure, double figure)
    {
        Reports.Measure known = Reports.Measures.Of(measure);
        _figures[measure] = figure;
        Console.Error.WriteLine($"  {measure} = {Reports.Table.Number(figure)} {known.Unit}");
    }

    /// <summary>A new server with the namespace in it, or the one that a kubeconfig leads to.</summary>
    public async Task<Target> StartAsync(CancellationToken cancel)
    {
        ServerProcess? server = null;
        string kubeconfig = options.Kubeconfig;
        if (IsOwn)
        {
            server = NewServer();
            await server.StartAsync(cancel);
            kubeconfig = server.Kubeconfig;
        }

        HttpTransportOptions transport = (await Kubeconfig.ReadAsync(kubeconfig, cancel)).ToTransport();
        var load = new ApiLoad([.. Enumerable.Range(0, ApiLoad.Connections).Select(_ => new HttpTransport(transport))]);
        var target = new Target(load, transport, server);
        await target.EnsureNamespaceAsync(cancel);
        return target;
    }

    public ServerProcess NewServer(string? folder = null) => new(options.Program, folder);

    /// <summary>Kept apart from what earlier measures left on the same server.</summary>
    public static string NewRun() => $"r{TimeProvider.System.GetTimestamp() / 1_000 % 100_000_000}";
}

/// <summary>One API server to measure, and the load on it.</summary>
internal sealed class Target(ApiLoad load, HttpTransportOptions transport, ServerProcess? server) : IAsyncDisposable
{
    public ApiLoad Load => load;

    public HttpTransportOptions Transport => transport;

    /// <summary>Null: somebody else's.</summary>
    public ServerProcess? Server => server;

    public TimeSpan Cpu => server?.Cpu() ?? TimeSpan.Zero;

    public async Task EnsureNamespaceAsync(CancellationToken cancel)
    {
        byte[] all = await load.ReadAsync("/api/v1/namespaces", cancel);
        if (all.AsSpan().IndexOf(Objects.Utf8($"\"name\":\"{Objects.Namespace}\"")) < 0)
        {
            await load.CreateAsync(0, "/api/v1/namespaces", Objects.NamespaceObject, cancel);
        }
    }

    public async ValueTask DisposeAsync()
    {
        load.Dispose();
        if (server is not null)
        {
            await server.DisposeAsync();
        }
    }
}
