using System.Collections.Concurrent;
using System.Net;
using System.Text.Json;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Server.Kestrel.Https;
using Microsoft.Extensions.Logging;
using Netes.ApiServer.Certificates;
using Netes.ControlPlane.Scheduling;

namespace Netes.Tests.ControlPlane.Scheduler.Extenders;

/// <summary>An extender on loopback; each test says what it answers.</summary>
internal sealed class ExtenderServer : IAsyncDisposable
{
    private readonly WebApplication _app;
    private readonly CertificateAuthority? _authority;

    private ExtenderServer(WebApplication app, CertificateAuthority? authority) =>
        (_app, _authority) = (app, authority);

    /// <summary>What it was asked: the verb and the body.</summary>
    public ConcurrentQueue<(string Verb, JsonElement Body)> Requests { get; } = [];

    public string AuthorityPem => _authority!.Pem;

    public ExtenderOptions Options { get; private set; } = new() { UrlPrefix = "" };

    /// <param name="answer">Status and body for a verb and what was sent with it.</param>
    /// <param name="secure">With a certificate of its own authority, for extender.test; clients must show one.</param>
    public static async Task<ExtenderServer> StartAsync(
        Func<string, JsonElement, Task<(int Code, string Body)>> answer, bool secure = false)
    {
        var lifetime = TimeSpan.FromDays(1);
        var authority = secure
            ? CertificateAuthority.Load(
                CertificateAuthority.Create("extender-ca", lifetime, TimeProvider.System), TimeProvider.System)
            : null;
        var certificate = authority?.Issue(
            new() { CommonName = "extender", DnsNames = ["extender.test"], ForServer = true }, lifetime).Load();
        var builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        builder.WebHost.UseKestrelHttpsConfiguration();
        builder.WebHost.ConfigureKestrel(kestrel => kestrel.Listen(IPAddress.Loopback, 0, listen =>
        {
            if (certificate is not null)
            {
                listen.UseHttps(certificate, https =>
                {
                    https.ClientCertificateMode = ClientCertificateMode.RequireCertificate;
                    https.AllowAnyClientCertificate();
                });
            }
        }));
        var app = builder.Build();
        var server = new ExtenderServer(app, authority);
        app.Run(http => server.AnswerAsync(http, answer));
        await app.StartAsync();
        server.Options = new() { UrlPrefix = $"{app.Urls.Single()}/extend/" };
        return server;
    }

    public static Task<ExtenderServer> StartAsync(string body, int code = 200) =>
        StartAsync((_, _) => Task.FromResult((code, body)));

    /// <summary>Certificate and key of a client, as PEM.</summary>
    public (string Certificate, string Key) Client()
    {
        var issued = _authority!.Issue(
            new() { CommonName = "scheduler", ForClient = true }, TimeSpan.FromDays(1));
        return (issued.CertificatePem, issued.KeyPem);
    }

    public async ValueTask DisposeAsync()
    {
        using (var now = new CancellationTokenSource())
        {
            now.Cancel();
            await _app.StopAsync(now.Token);
        }

        await _app.DisposeAsync();
        _authority?.Dispose();
    }

    private async Task AnswerAsync(HttpContext http, Func<string, JsonElement, Task<(int Code, string Body)>> answer)
    {
        using var json = await JsonDocument.ParseAsync(http.Request.Body);
        var (verb, body) = (http.Request.Path.Value!["/extend/".Length..], json.RootElement.Clone());
        Requests.Enqueue(($"{http.Request.Method} {verb}", body));
        var (code, text) = await answer(verb, body);
        http.Response.StatusCode = code;
        http.Response.ContentType = "application/json";
        await http.Response.WriteAsync(text);
    }
}
