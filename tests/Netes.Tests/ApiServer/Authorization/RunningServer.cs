using System.Net;
using System.Security.Cryptography.X509Certificates;
using System.Text;
using Microsoft.Extensions.Logging.Abstractions;
using Netes.Api;
using Netes.Api.Core;
using Netes.Api.Meta;
using Netes.ApiServer;
using Netes.ApiServer.Authentication;
using Netes.ApiServer.Certificates;
using Netes.Store;
using Netes.Store.Memory;

namespace Netes.Tests.ApiServer.Authorization;

/// <summary>A whole API server over a store in memory, called without HTTP.</summary>
internal sealed class RunningServer : IAsyncDisposable
{
    private readonly CancellationTokenSource _stop = new();
    private readonly X509Certificate2 _serving;
    private readonly Netes.ApiServer.ApiServer _server;
    private readonly MemoryStore _store = new(new HistoryOptions(), TimeProvider.System);
    private readonly Task _running;

    private RunningServer()
    {
        Authority = CertificateAuthority.Load(
            CertificateAuthority.Create("kubernetes", TimeSpan.FromDays(1), TimeProvider.System), TimeProvider.System);
        var serving =
            new CertificateSubject { CommonName = "kube-apiserver", DnsNames = ["localhost"], ForServer = true };
        _serving = Authority.Issue(serving, TimeSpan.FromHours(1)).Load();
        var options = new ApiServerOptions
        {
            Listen = new IPEndPoint(IPAddress.Loopback, 0),
            ServerCertificate = () => _serving,
            Security = new SecurityOptions
            {
                Authentication = new AuthenticationOptions { ClientAuthority = Authority, ServiceAccountKeys = Keys },
            },
        };
        _server = new Netes.ApiServer.ApiServer(options, _store, TimeProvider.System, NullLoggerFactory.Instance);
        _running = _server.RunAsync(_stop.Token);
    }

    public CertificateAuthority Authority { get; }

    public ServiceAccountKeys Keys { get; } = ServiceAccountKeys.CreateTemporary();

    public static async Task<RunningServer> StartAsync()
    {
        var server = new RunningServer();
        await server._server.Listening;
        return server;
    }

    /// <summary>A user's client certificate; the caller disposes it.</summary>
    public X509Certificate2 Certificate(string user, params ValueList<string> groups) => Authority.Issue(
        new CertificateSubject { CommonName = user, Organizations = groups, ForClient = true }, TimeSpan.FromHours(1))
        .Load();

    /// <summary>The answer as the server gives it.</summary>
    public Task<ApiResult> HandleAsync(ApiCall call) => _server.HandleAsync(call, CancellationToken.None);

    public async Task<(int Code, string Text)> CallAsync(ApiCall call)
    {
        var result = await HandleAsync(call);
        var text = result.Body is ApiResultBody.Segments segments
            ? string.Concat(segments.Parts.Select(static part => Encoding.UTF8.GetString(part.Span)))
            : "";
        return (result.StatusCode, text);
    }

    /// <summary>A request in the name of a user inside the process.</summary>
    public Task<(int Code, string Text)> CallAsync(string user, string method, string path, string body = "") =>
        CallAsync(new UserIdentity { Name = user }, method, path, body);

    public Task<(int Code, string Text)> CallAsync(UserIdentity user, string method, string path, string body = "")
    {
        var at = path.IndexOf('?', StringComparison.Ordinal);
        return CallAsync(new ApiCall
        {
            Method = method,
            Path = at < 0 ? path : path[..at],
            Query = at < 0 ? ApiQuery.Empty : ApiQuery.Parse(path[(at + 1)..]),
            Headers = new ApiHeaders().Add("Content-Type", "application/json"),
            Body = new MemoryBody(Encoding.UTF8.GetBytes(body)),
            InProcessUser = user,
        });
    }

    /// <summary>Creates an object as administrator.</summary>
    public async Task CreateAsync<T>(T value)
        where T : class, IResource<T>
    {
        var space = T.Resource.Namespaced ? $"/namespaces/{value.Metadata.Namespace}" : "";
        var root = T.Resource.Group.Length == 0 ? "/api/v1" : $"/apis/{T.Resource.ApiVersion}";
        var admin = new UserIdentity { Name = "admin", Groups = ["system:masters"] };
        var (code, text) = await CallAsync(
            admin, "POST", $"{root}{space}/{T.Resource.Plural}", Encoding.UTF8.GetString(JsonCodec.Encode(value)));
        Assert.True(code == 201, text);
    }

    /// <summary>The account that a namespace's pods have by default, which a controller would make.</summary>
    public Task CreateAccountAsync(string space, string name) => CreateAsync(
        new ServiceAccount { Metadata = new ObjectMeta { Name = name, Namespace = space } });

    /// <summary>Ends the server; calls go on to be answered, by what is left of it.</summary>
    public async Task StopAsync()
    {
        await _stop.CancelAsync();
        await _running;
    }

    /// <summary>Writes behind the server's back.</summary>
    public async Task StoreAsync(string key, ReadOnlyMemory<byte> value) =>
        Assert.IsType<WriteResult.Written>(await _store.PutAsync(key, value, 0, CancellationToken.None));

    public async ValueTask DisposeAsync()
    {
        await StopAsync();
        await _store.DisposeAsync();
        _stop.Dispose();
        _serving.Dispose();
        Keys.Dispose();
        Authority.Dispose();
    }
}
