using System.Net;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Logging.Abstractions;
using Netes.Api;
using Netes.ApiServer;
using Netes.ApiServer.Authentication;
using Netes.Client;
using Netes.ControlPlane;
using Netes.ControlPlane.Scheduling;
using Netes.Host;
using Netes.Store;
using Netes.Store.Memory;

namespace Netes.Tests.ControlPlane;

/// <summary>A real API server in memory, and, when started, the real controllers and scheduler on it.</summary>
internal sealed class TestCluster : IAsyncDisposable
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(60);

    private readonly CancellationTokenSource _stop = new();
    private readonly List<Task> _running = [];
    private readonly MemoryStore _store;
    private readonly bool _ownsStore;
    private readonly X509Certificate2 _certificate = MakeCertificate();

    private TestCluster(Func<ApiServerOptions, ApiServerOptions>? change, MemoryStore? store)
    {
        (_store, _ownsStore) = (store ?? new(new HistoryOptions(), TimeProvider.System), store is null);
        var options = new ApiServerOptions
        {
            Listen = new IPEndPoint(IPAddress.Loopback, 0),
            ServerCertificate = () => _certificate,
        };
        options = change?.Invoke(options) ?? options;
        Server = new Netes.ApiServer.ApiServer(options, _store, TimeProvider.System, Loggers);
        Transport = new InProcessTransport(
            Server.HandleAsync,
            new UserIdentity { Name = "admin", Groups = [KnownGroups.Masters, KnownGroups.Authenticated] });
        Client = new KubernetesClient(Transport);
    }

    /// <summary>Tests read what they need from the API; a log is for the debugger.</summary>
    public static ILoggerFactory Loggers => NullLoggerFactory.Instance;

    public Netes.ApiServer.ApiServer Server { get; }

    public IApiTransport Transport { get; }

    public KubernetesClient Client { get; }

    public static CancellationToken Cancel => TestContext.Current.CancellationToken;

    /// <param name="change">Makes the server's options others.</param>
    /// <param name="store">What an earlier server left, and the next one may find; null: nothing.</param>
    public static async Task<TestCluster> StartAsync(
        Func<ApiServerOptions, ApiServerOptions>? change = null, MemoryStore? store = null)
    {
        var cluster = new TestCluster(change, store);
        cluster.Run(cluster.Server.RunAsync);
        await cluster.Server.Listening.WaitAsync(Patience, Cancel);
        return cluster;
    }

    /// <summary>The controllers and the scheduler begin.</summary>
    public async Task StartControlPlaneAsync(ControllerOptions? options = null)
    {
        var controllers = new ControllerManager(
            options ?? new ControllerOptions { RootCertificatePem = "pem" },
            ControlPlaneParts.Client(Server, "system:kube-controller-manager"),
            account => ControlPlaneParts.AccountClient(Server, account), TimeProvider.System, new Random(1),
            Loggers);
        var scheduler = new SchedulerService(
            SchedulerOptions.Default, ControlPlaneParts.Client(Server, "system:kube-scheduler"),
            TimeProvider.System, new Random(1), Loggers);
        Run(controllers.RunAsync);
        Run(scheduler.RunAsync);
        await controllers.WaitForStartAsync(Cancel).WaitAsync(Patience, Cancel);
        await scheduler.WaitForStartAsync(Cancel).WaitAsync(Patience, Cancel);
    }

    public void Run(Func<CancellationToken, Task> run) => _running.Add(run(_stop.Token));

    /// <summary>Watches until an object, or its absence (null), is as wanted.</summary>
    public async Task<T?> WaitForAsync<T>(string ns, string name, Func<T?, bool> wanted)
        where T : class, IResource<T>
    {
        var list = await WaitForListAsync<T>(
            ns, items => wanted(items.FirstOrDefault(item => item.Metadata.Name == name)));
        return list.FirstOrDefault(item => item.Metadata.Name == name);
    }

    /// <summary>Watches a namespace's objects of a kind until they are as wanted.</summary>
    public async Task<IReadOnlyList<T>> WaitForListAsync<T>(string ns, Func<IReadOnlyList<T>, bool> wanted)
        where T : class, IResource<T>
    {
        using var limit = CancellationTokenSource.CreateLinkedTokenSource(Cancel);
        limit.CancelAfter(Patience);
        var list = await Client.ListAsync<T>(ns, null, limit.Token);
        var items = list.Items.ToDictionary(ObjectKey.Of);
        try
        {
            if (wanted([.. items.Values]))
            {
                return [.. items.Values];
            }

            var parameters = new WatchParameters { ResourceVersion = list.ResourceVersion };
            await foreach (var change in Client.WatchAsync<T>(ns, parameters, limit.Token))
            {
                if (change.Type == WatchEventType.Deleted)
                {
                    items.Remove(ObjectKey.Of(change.Object));
                }
                else if (change.Type != WatchEventType.Bookmark)
                {
                    items[ObjectKey.Of(change.Object)] = change.Object;
                }

                if (wanted([.. items.Values]))
                {
                    return [.. items.Values];
                }
            }
        }
        catch (OperationCanceledException) when (limit.IsCancellationRequested && !Cancel.IsCancellationRequested)
        {
            Assert.Fail($"{T.Resource.Plural} did not become as wanted within {Patience}: "
                + string.Join('\n', items.Values.Select(
                    item => System.Text.Encoding.UTF8.GetString(JsonCodec.Encode(item)))));
        }

        throw new InvalidOperationException("the watch ended");
    }

    public async ValueTask DisposeAsync()
    {
        await _stop.CancelAsync();
        await Task.WhenAll(_running);
        if (_ownsStore)
        {
            await _store.DisposeAsync();
        }

        _certificate.Dispose();
        _stop.Dispose();
    }

    private static X509Certificate2 MakeCertificate()
    {
        using var key = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        var request = new CertificateRequest("CN=test", key, HashAlgorithmName.SHA256);
        return request.CreateSelfSigned(DateTimeOffset.UnixEpoch, DateTimeOffset.UnixEpoch.AddYears(100));
    }
}
