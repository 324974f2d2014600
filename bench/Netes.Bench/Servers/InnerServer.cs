using System.Net;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using System.Text;
using Microsoft.Extensions.Logging.Abstractions;
using Netes.ApiServer;
using Netes.ApiServer.Authentication;
using Netes.Bench.Load;
using Netes.Client;
using Netes.Host;
using Netes.Store;
using Netes.Store.Sqlite;

namespace Netes.Bench.Servers;

/// <summary>An API server inside this process over a store on disk, so that its allocations can be counted.</summary>
internal sealed class InnerServer : IAsyncDisposable
{
    private readonly string _folder = Directory.CreateTempSubdirectory("netes-bench-").FullName;
    private readonly CancellationTokenSource _stop = new();
    private readonly X509Certificate2 _certificate = NewCertificate();
    private IStore? _store;
    private Task _running = Task.CompletedTask;
    private InProcessTransport? _transport;

    public static async Task<InnerServer> StartAsync(CancellationToken cancel)
    {
        var inner = new InnerServer();
        inner._store = await SqliteStore.OpenAsync(
            new SqliteStoreOptions { Folder = Path.Combine(inner._folder, "db") }, TimeProvider.System, cancel);
        var options = new ApiServerOptions
        {
            Listen = new IPEndPoint(IPAddress.Loopback, 0),
            ServerCertificate = () => inner._certificate,
        };
        var server = new ApiServer.ApiServer(options, inner._store, TimeProvider.System, NullLoggerFactory.Instance);
        inner._running = server.RunAsync(inner._stop.Token);
        await server.Listening.WaitAsync(cancel);
        inner._transport = new InProcessTransport(
            server.HandleAsync,
            new UserIdentity { Name = "admin", Groups = [KnownGroups.Masters, KnownGroups.Authenticated] });
        await inner.SendAsync(
            new ApiRequest(HttpMethod.Post, "/api/v1/namespaces") { Body = Objects.NamespaceObject }, cancel);

        // Pods need it, and there is no controller here that would make it.
        byte[] account = Objects.Utf8("""{"apiVersion":"v1","kind":"ServiceAccount","metadata":{"name":"default"}}""");
        await inner.SendAsync(
            new ApiRequest(HttpMethod.Post, $"/api/v1/namespaces/{Objects.Namespace}/serviceaccounts")
            {
                Body = account,
            },
            cancel);
        return inner;
    }

    public async Task<ApiResponse> SendAsync(ApiRequest request, CancellationToken cancel)
    {
        ApiResponse response = await _transport!.SendAsync(request, cancel);
        return response.IsSuccess
            ? response
            : throw new InvalidOperationException(
                Encoding.UTF8.GetString((await response.ReadAllAsync(1 << 20, cancel)).Span));
    }

    public async ValueTask DisposeAsync()
    {
        await _stop.CancelAsync();
        await _running;
        await _store!.DisposeAsync();
        _certificate.Dispose();
        _stop.Dispose();
        Directory.Delete(_folder, recursive: true);
    }

    private static X509Certificate2 NewCertificate()
    {
        using var key = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        var request = new CertificateRequest("CN=bench", key, HashAlgorithmName.SHA256);
        return request.CreateSelfSigned(DateTimeOffset.UnixEpoch, DateTimeOffset.UnixEpoch.AddYears(100));
    }
}
