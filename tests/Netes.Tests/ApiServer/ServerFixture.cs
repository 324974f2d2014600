using System.Net;
using System.Security.Cryptography.X509Certificates;
using Microsoft.Extensions.Logging.Abstractions;
using Netes.ApiServer;
using Netes.ApiServer.Certificates;
using Netes.Store;
using Netes.Store.Memory;

namespace Netes.Tests.ApiServer;

/// <summary>
/// A real API server on loopback over a memory store, with its own authority; and a client as its administrator.
/// </summary>
public sealed class ServerFixture : IAsyncLifetime
{
    private readonly string _folder = Directory.CreateTempSubdirectory("netes-api-").FullName;
    private readonly CancellationTokenSource _stop = new();
    private Task _running = Task.CompletedTask;

    public MemoryStore Store { get; } = new(new HistoryOptions(), TimeProvider.System);

    public ClusterPki Pki { get; private set; } = null!;

    public Netes.ApiServer.ApiServer Server { get; private set; } = null!;

    public TestClient Admin { get; private set; } = null!;

    public string Kubeconfig => Path.Combine(_folder, "kubeconfig");

    public async ValueTask InitializeAsync()
    {
        Pki = ClusterPki.Ensure(
            Path.Combine(_folder, "pki"), new() { ServerAddresses = [IPAddress.Loopback] }, TimeProvider.System);
        var certificate = Pki.ApiServer.Load();
        Server = new(
            new()
            {
                Listen = new(IPAddress.Loopback, 0),
                ServerCertificate = () => certificate,
                KubeletClientCertificate = Pki.KubeletClient.Load(),
                FrontProxy = new(Pki.FrontProxyClient.Load(), Pki.FrontProxyAuthority.Pem),
                Security = new()
                {
                    Authentication =
                        new() { ClientAuthority = Pki.Authority, ServiceAccountKeys = Pki.ServiceAccountKeys },
                },
            },
            Store, TimeProvider.System, NullLoggerFactory.Instance);
        _running = Server.RunAsync(_stop.Token);
        var endpoint = await await Task.WhenAny(Server.Listening, FailedAsync());
        var url = $"https://127.0.0.1:{endpoint.Port}";
        Admin = new(url, Pki.Admin.Load());
        await File.WriteAllTextAsync(Kubeconfig, Pki.WriteKubeconfig(KubeconfigNames.Of("test"), url, Pki.Admin));
    }

    /// <summary>A namespace of its own for one test, with the account that pods need.</summary>
    public async Task<string> NamespaceAsync()
    {
        var name = "t" + Guid.NewGuid().ToString("N")[..10];
        await Admin.OkAsync("POST", "/api/v1/namespaces", "{\"metadata\":{\"name\":\"" + name + "\"}}");
        await Admin.OkAsync(
            "POST", $"/api/v1/namespaces/{name}/serviceaccounts", """{"metadata":{"name":"default"}}""");
        return name;
    }

    /// <summary>Stops the server; the clients stay.</summary>
    public async Task StopAsync()
    {
        await _stop.CancelAsync();
        await _running;
    }

    public async ValueTask DisposeAsync()
    {
        await StopAsync();
        Admin?.Dispose();
        Pki.Dispose();
        await Store.DisposeAsync();
        _stop.Dispose();
        Directory.Delete(_folder, recursive: true);
    }

    private async Task<IPEndPoint> FailedAsync()
    {
        await _running;
        throw new InvalidOperationException("the server ended before it listened");
    }
}

[CollectionDefinition(Name)]
public sealed class ServerCollection : ICollectionFixture<ServerFixture>
{
    public const string Name = "api server";
}
