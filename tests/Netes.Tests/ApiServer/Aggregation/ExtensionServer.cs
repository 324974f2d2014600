using System.Collections.Concurrent;
using System.Net;
using System.Text;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.Features;
using Microsoft.AspNetCore.Server.Kestrel.Core;
using Microsoft.AspNetCore.Server.Kestrel.Https;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Netes.ApiServer.Certificates;

namespace Netes.Tests.ApiServer.Aggregation;

/// <summary>
/// An API server of somebody else on loopback: TLS with a certificate of its own authority, one group with the resource
/// widgets, and every request for the test to see.
/// </summary>
public sealed class ExtensionServer : IAsyncDisposable
{
    private readonly WebApplication _app;
    private readonly CertificateAuthority _authority;

    private ExtensionServer(WebApplication app, CertificateAuthority authority)
    {
        _app = app;
        _authority = authority;
    }

    public string AuthorityPem => _authority.Pem;

    public int Port { get; private set; }

    public ConcurrentQueue<(string Line, Dictionary<string, string> Headers, string Client)> Requests { get; } = [];

    /// <param name="group">What it serves as <c>v1</c>.</param>
    /// <param name="service">The name of the Service that its certificate is for, in the namespace default.</param>
    public static async Task<ExtensionServer> StartAsync(string group, string service)
    {
        var lifetime = TimeSpan.FromDays(1);
        var authority = CertificateAuthority.Load(
            CertificateAuthority.Create("extension-ca", lifetime, TimeProvider.System), TimeProvider.System);
        var certificate = authority.Issue(
            new() { CommonName = service, DnsNames = [$"{service}.default.svc"], ForServer = true }, lifetime).Load();
        var builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        builder.WebHost.UseKestrelHttpsConfiguration();
        builder.WebHost.ConfigureKestrel(kestrel => kestrel.Listen(IPAddress.Loopback, 0, listen =>
        {
            listen.Protocols = HttpProtocols.Http1;
            listen.UseHttps(certificate, https =>
            {
                https.ClientCertificateMode = ClientCertificateMode.RequireCertificate;
                https.AllowAnyClientCertificate();
            });
        }));
        var app = builder.Build();
        var server = new ExtensionServer(app, authority);
        app.Run(http => server.AnswerAsync(http, group));
        await app.StartAsync();
        server.Port = new Uri(app.Urls.Single()).Port;
        return server;
    }

    public async ValueTask DisposeAsync()
    {
        using (var now = new CancellationTokenSource())
        {
            now.Cancel();
            await _app.StopAsync(now.Token);
        }

        await _app.DisposeAsync();
        _authority.Dispose();
    }

    private async Task AnswerAsync(HttpContext http, string group)
    {
        var request = http.Request;
        var headers = request.Headers.ToDictionary(
            header => header.Key, header => header.Value.ToString(), StringComparer.OrdinalIgnoreCase);
        headers["Lines-Of-Groups"] = $"{request.Headers["X-Remote-Group"].Count}";
        Requests.Enqueue((
            $"{request.Method} {request.Path}{request.QueryString}", headers,
            http.Connection.ClientCertificate?.Subject ?? ""));
        var widgets = $"/apis/{group}/v1/namespaces/default/widgets";
        var path = request.Path.Value!;
        if (path == widgets && request.Query["watch"] == "true")
        {
            await WatchAsync(http, group);
        }
        else if (path == widgets && request.Method == "POST")
        {
            http.Response.StatusCode = 201;
            await request.Body.CopyToAsync(http.Response.Body);
        }
        else if (path == $"{widgets}/moved")
        {
            http.Response.Redirect("https://elsewhere.example.com/");
        }
        else if (path == $"{widgets}/one/echo")
        {
            await EchoAsync(http);
        }
        else if (Document(path, group) is { } document)
        {
            http.Response.ContentType = "application/json";
            await http.Response.WriteAsync(document);
        }
        else
        {
            http.Response.StatusCode = 404;
        }
    }

    private static string? Document(string path, string group) => path switch
    {
        "/openapi/v3" => $$$"""{"paths":{"apis/{{{group}}}/v1":{"serverRelativeURL":"/openapi/v3/apis/{{{group}}}/v1?hash=77"} } }""",
        _ when path == $"/openapi/v3/apis/{group}/v1" =>
            """{"openapi":"3.0.0","info":{"title":"widgets","version":"1"},"paths":{}}""",
        _ when path == $"/apis/{group}/v1" => $$"""
            {"kind":"APIResourceList","apiVersion":"v1","groupVersion":"{{group}}/v1","resources":[
             {"name":"widgets","singularName":"widget","namespaced":true,"kind":"Widget","verbs":["create","get","list","watch"],"shortNames":["wd"]},
             {"name":"widgets/status","singularName":"","namespaced":true,"kind":"Widget","verbs":["get"]}]}
            """,
        _ when path == $"/apis/{group}/v1/namespaces/default/widgets" => $$"""
            {"kind":"WidgetList","apiVersion":"{{group}}/v1","metadata":{"resourceVersion":"5"},
             "items":[{"kind":"Widget","apiVersion":"{{group}}/v1","metadata":{"name":"one","namespace":"default"} }]}
            """,
        _ => null,
    };

    // One event at once, and nothing more until the watcher goes.
    private static async Task WatchAsync(HttpContext http, string group)
    {
        http.Response.ContentType = "application/json";
        var line = $$$"""{"type":"ADDED","object":{"kind":"Widget","apiVersion":"{{{group}}}/v1","metadata":{"name":"one"} } }""" + "\n";
        await http.Response.Body.WriteAsync(Encoding.UTF8.GetBytes(line));
        await http.Response.Body.FlushAsync();
        var gone = new TaskCompletionSource();
        await using (http.RequestAborted.Register(gone.SetResult))
        {
            await gone.Task;
        }
    }

    private static async Task EchoAsync(HttpContext http)
    {
        await using var stream = await http.Features.GetRequiredFeature<IHttpUpgradeFeature>().UpgradeAsync();
        var buffer = new byte[1024];
        int read;
        while ((read = await stream.ReadAsync(buffer)) > 0)
        {
            await stream.WriteAsync(buffer.AsMemory(0, read));
            await stream.FlushAsync();
        }
    }
}
