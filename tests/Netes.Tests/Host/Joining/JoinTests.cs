using System.Net;
using System.Net.Sockets;
using System.Security.Authentication;
using System.Security.Cryptography.X509Certificates;
using Microsoft.Extensions.Logging.Abstractions;
using Netes.Api.Certificates;
using Netes.ApiServer.Certificates;
using Netes.Host;
using Netes.Host.Joining;

namespace Netes.Tests.Host.Joining;

/// <summary>A machine joins a whole server over HTTPS on loopback: token, authority, certificates by CSR.</summary>
public sealed class JoinTests : IAsyncLifetime
{
    private readonly CancellationTokenSource _stop = new();
    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("netes-join-");
    private readonly int _port = FreePort();
    private Task _running = Task.CompletedTask;

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    public ValueTask InitializeAsync()
    {
        var options = new ServerOptions
        {
            DataFolder = Path.Combine(_folder.FullName, "server"),
            Port = _port,
            NodeName = "server-1",
            NodeAddress = IPAddress.Loopback,
            RunAgent = false,
            Durable = false,
        };
        _running = new ServerNode(options, TimeProvider.System, NullLoggerFactory.Instance).RunAsync(_stop.Token);
        return ValueTask.CompletedTask;
    }

    public async ValueTask DisposeAsync()
    {
        await _stop.CancelAsync();
        await _running;
        _stop.Dispose();
        _folder.Delete(recursive: true);
    }

    [Fact]
    public async Task MachineWithTheToken_getsItsOwnCertificates()
    {
        var join = Join("worker-1", await TokenAsync());
        var credentials = await join.EnsureAsync(Cancel).WaitAsync(TimeSpan.FromSeconds(60), Cancel);
        var (user, groups) = SubjectNames.Read(credentials.Client.SubjectName);
        Assert.Equal("system:node:worker-1", user);
        Assert.Equal(["system:nodes"], groups);
        var names = credentials.Server.Extensions.OfType<X509SubjectAlternativeNameExtension>().Single();
        Assert.Equal(["worker-1"], names.EnumerateDnsNames());
        Assert.Equal([IPAddress.Parse("172.31.0.9")], names.EnumerateIPAddresses());
        var again = await join.EnsureAsync(Cancel);
        Assert.Equal(credentials.Client.Thumbprint, again.Client.Thumbprint);
    }

    [Fact]
    public async Task ServerOfAnotherCluster_isNotJoined()
    {
        var token = await TokenAsync();
        var join = Join("worker-2", token with { AuthorityHash = new string('0', 64) });
        await Assert.ThrowsAsync<AuthenticationException>(
            () => join.EnsureAsync(Cancel).WaitAsync(TimeSpan.FromSeconds(60), Cancel));
    }

    private NodeJoin Join(string name, JoinToken token) => new(
        new AgentOptions
        {
            Server = new Uri($"https://127.0.0.1:{_port}"),
            Token = token,
            NodeName = name,
            NodeAddress = IPAddress.Parse("172.31.0.9"),
            DataFolder = Path.Combine(_folder.FullName, name),
        },
        TimeProvider.System,
        NullLogger<NodeJoin>.Instance);

    /// <summary>The administrator's kubeconfig is written when the server answers; the token's file before.</summary>
    private async Task<JoinToken> TokenAsync()
    {
        var folder = Path.Combine(_folder.FullName, "server");
        var ready = Path.Combine(folder, "admin.kubeconfig");
        using var limit = new CancellationTokenSource(TimeSpan.FromSeconds(60));
        while (!File.Exists(ready) && !_running.IsCompleted)
        {
            await Task.Delay(50, limit.Token);
        }

        Assert.False(_running.IsCompleted, _running.Exception?.ToString());
        Assert.True(JoinToken.TryParse(
            await File.ReadAllTextAsync(Path.Combine(folder, "join-token"), Cancel), out var token));
        return token;
    }

    private static int FreePort()
    {
        using var listener = new TcpListener(IPAddress.Loopback, 0);
        listener.Start();
        return ((IPEndPoint)listener.LocalEndpoint).Port;
    }
}
