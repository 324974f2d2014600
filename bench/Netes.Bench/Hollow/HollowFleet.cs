using System.Text.Json;
using System.Threading.Channels;
using Netes.Bench.Load;
using Netes.Client;

namespace Netes.Bench.Hollow;

/// <summary>
/// Thousands of nodes in one process: they register, renew leases, and say that their pods run, over the wire as real
/// ones do. One watch and a few workers serve all of them, so that what is measured is the cluster.
/// </summary>
internal sealed class HollowFleet : IAsyncDisposable
{
    private const int Clients = 32;
    private const int QueuedPods = 100_000;
    private const string Leases = "/apis/coordination.k8s.io/v1/namespaces/kube-node-lease/leases";

    private readonly ApiLoad _load;
    private readonly HollowOptions _options;
    private readonly CancellationTokenSource _stop;
    private readonly Channel<HollowPod> _pods = Channel.CreateBounded<HollowPod>(QueuedPods);
    private readonly List<Task> _running = [];

    private HollowFleet(ApiLoad load, HollowOptions options, CancellationToken cancel)
    {
        _load = load;
        _options = options;
        _stop = CancellationTokenSource.CreateLinkedTokenSource(cancel);
    }

    private static string Name(int node) => $"hollow-{node:00000}";

    /// <summary>Registers the nodes, ready, and waits until pods may be bound to them.</summary>
    public static async Task RegisterAsync(ApiLoad load, HollowOptions options, CancellationToken cancel)
    {
        await Workers.RunAsync(options.Nodes, Clients, async (worker, i) =>
        {
            await load.CreateAsync(worker, "/api/v1/nodes", Objects.Node(Name(i), i % options.Zones), cancel);
            byte[] status = Objects.NodeStatus(options.Cpu, options.Memory, options.PodsPerNode);
            await load.MergePatchAsync(worker, $"/api/v1/nodes/{Name(i)}/status", status, cancel);
        }, cancel);
        while ((await load.ReadAsync("/api/v1/nodes", cancel)).AsSpan().IndexOf("node.kubernetes.io/not-ready"u8) >= 0)
        {
            await Task.Delay(TimeSpan.FromMilliseconds(200), cancel);
        }
    }

    /// <summary>Registers the nodes and lets them live until disposed.</summary>
    public static async Task<HollowFleet> StartAsync(
        ApiLoad load, HollowOptions options, CancellationToken cancel)
    {
        var fleet = new HollowFleet(load, options, cancel);
        if (options.RenewsLeases)
        {
            await Workers.RunAsync(options.Nodes, Clients, (worker, i) => load.CreateAsync(
                worker, Leases, NewLease(Name(i)), cancel), cancel);
        }

        await RegisterAsync(load, options, cancel);
        if (options.RenewsLeases)
        {
            fleet._running.Add(fleet.RenewAsync());
        }

        if (options.RunsPods)
        {
            await fleet.WatchPodsAsync();
            fleet._running.AddRange(Enumerable.Range(0, Clients).Select(fleet.RunPodsAsync));
        }

        return fleet;
    }

    /// <summary>Ends with the token, or with the first part that fails.</summary>
    public async Task UntilFailedAsync(CancellationToken cancel)
    {
        try
        {
            await await Task.WhenAny(_running.Append(Task.Delay(Timeout.InfiniteTimeSpan, cancel)));
        }
        catch (OperationCanceledException) when (cancel.IsCancellationRequested)
        {
            // Told to end.
            return;
        }
    }

    public async ValueTask DisposeAsync()
    {
        await _stop.CancelAsync();
        foreach (Task part in _running)
        {
            try
            {
                await part;
            }
            catch (Exception e) when (e is OperationCanceledException or HttpRequestException or IOException)
            {
                // Ended by us.
                continue;
            }
        }

        _stop.Dispose();
    }

    /// <summary>All leases in one period, evenly, so that no second has more than its share.</summary>
    private async Task RenewAsync()
    {
        using var pace = new PeriodicTimer(TimeSpan.FromMilliseconds(100));
        double perTick = _options.Nodes / (_options.LeaseSeconds * 10.0);
        double due = 0;
        int next = 0;
        while (await pace.WaitForNextTickAsync(_stop.Token))
        {
            due += perTick;
            int count = (int)due;
            due -= count;
            int first = next;
            await Workers.RunAsync(count, 8, (worker, i) =>
            {
                string name = Name((first + i) % _options.Nodes);
                return _load.MergePatchAsync(worker, $"{Leases}/{name}", Renewal(), _stop.Token);
            }, _stop.Token);
            next = (first + count) % _options.Nodes;
        }
    }

    private async Task WatchPodsAsync()
    {
        string revision = await Watches.RevisionAsync(_load, "/api/v1/pods", _stop.Token);
        _running.Add(await Watches.LinesAsync(
            _load, $"/api/v1/pods?watch=1&resourceVersion={revision}", OnPod, _stop.Token));
    }

    private bool OnPod(ReadOnlyMemory<byte> line)
    {
        // Most lines are our own statuses coming back.
        bool isBound = line.Span.IndexOf("\"nodeName\":\"hollow-"u8) >= 0;
        bool isDeleted = line.Span.IndexOf("\"deletionTimestamp\""u8) >= 0;
        if (isBound && (isDeleted || line.Span.IndexOf("\"phase\":\"Running\""u8) < 0)
            && HollowPod.Read(line) is { } pod)
        {
            _pods.Writer.TryWrite(pod);
        }

        return false;
    }

    private async Task RunPodsAsync(int worker)
    {
        await foreach (HollowPod pod in _pods.Reader.ReadAllAsync(_stop.Token))
        {
            if (pod.IsDeleted)
            {
                await _load.SendAsync(worker, new ApiRequest(HttpMethod.Delete, $"{pod.Path}?gracePeriodSeconds=0")
                {
                    Body = pod.DeleteBody(),
                }, _stop.Token);
            }
            else
            {
                await _load.SendAsync(worker, new ApiRequest(HttpMethod.Patch, $"{pod.Path}/status")
                {
                    Body = pod.RunningStatus(),
                    ContentType = MediaTypes.StrategicMergePatch,
                }, _stop.Token);
            }
        }
    }

    private static byte[] NewLease(string node) => Objects.Utf8(
        $$$"""
        {"apiVersion":"coordination.k8s.io/v1","kind":"Lease","metadata":{"name":"{{{node}}}"},
        "spec":{"holderIdentity":"{{{node}}}","leaseDurationSeconds":40,"renewTime":"{{{MicroNow()}}}"}}
        """);

    private static byte[] Renewal() => Objects.Utf8($$$"""{"spec":{"renewTime":"{{{MicroNow()}}}"}}""");

    private static string MicroNow() => $"{Objects.Now()[..^1]}.000000Z";
}
