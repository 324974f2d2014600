using System.Net;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Connections;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Hosting.Server;
using Microsoft.AspNetCore.Hosting.Server.Features;
using Microsoft.AspNetCore.Server.Kestrel.Core;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;

namespace Netes.ApiServer.Http;

/// <summary>
/// HTTPS in front of the pipeline: HTTP/1.1 and 2, client certificates optional, the limits of Kubernetes.
/// Source: apiserver pkg/server/secure_serving.go.
/// </summary>
internal sealed class HttpFrontend(ApiServerOptions options, HttpAdapter adapter, ILoggerFactory logs)
{
    private readonly ServerTls _tls = new(options.ServerCertificate);

    /// <summary>Listens until cancelled; <paramref name="onListening"/> gets the address it listens on.</summary>
    public async Task RunAsync(Func<IPEndPoint, Task> onListening, CancellationToken cancel)
    {
        var builder = WebApplication.CreateEmptyBuilder(new WebApplicationOptions());
        builder.Services.AddSingleton(logs);
        builder.WebHost.UseKestrelCore();
        builder.WebHost.UseKestrelHttpsConfiguration();

        // After Kestrel's own, of which the last counts.
        builder.Services.AddSingleton<IMemoryPoolFactory<byte>, LargeBlocks>();
        builder.WebHost.ConfigureKestrel(Configure);
        await using var host = builder.Build();
        var blocks = host.Services.GetRequiredService<IMemoryPoolFactory<byte>>();
        Invariant.Holds(blocks is LargeBlocks, "connections use large blocks");
        var server = host.Services.GetRequiredService<IServer>();
        await server.StartAsync(new HttpApplication(adapter), cancel);
        var addresses = server.Features.Get<IServerAddressesFeature>()!.Addresses;
        await onListening(new(options.Listen.Address, new Uri(addresses.First()).Port));
        var stopping = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        await using (cancel.Register(stopping.SetResult))
        {
            await stopping.Task;
        }

        using var patience = new CancellationTokenSource(TimeSpan.FromSeconds(2));
        await server.StopAsync(patience.Token);
    }

    private void Configure(KestrelServerOptions kestrel)
    {
        kestrel.AddServerHeader = false;
        kestrel.AllowSynchronousIO = false;
        kestrel.ResponseHeaderEncodingSelector = static _ => System.Text.Encoding.UTF8;
        kestrel.Limits.MaxRequestBodySize = null;
        kestrel.Limits.MaxRequestLineSize = 64 * 1024;
        kestrel.Limits.MaxRequestHeadersTotalSize = 256 * 1024;
        kestrel.Limits.MaxRequestHeaderCount = 1000;
        kestrel.Limits.RequestHeadersTimeout = TimeSpan.FromSeconds(10);
        kestrel.Limits.KeepAliveTimeout = TimeSpan.FromSeconds(90);
        kestrel.Limits.MaxConcurrentConnections = 4000;
        kestrel.Limits.MaxConcurrentUpgradedConnections = 4000;
        kestrel.Limits.Http2.MaxStreamsPerConnection = 1000;

        // A path with long selectors is one field in HTTP/2.
        kestrel.Limits.Http2.MaxRequestHeaderFieldSize = 256 * 1024;
        kestrel.Limits.Http2.KeepAlivePingDelay = TimeSpan.FromSeconds(30);
        kestrel.Limits.Http2.KeepAlivePingTimeout = TimeSpan.FromSeconds(15);
        kestrel.Listen(options.Listen, listen =>
        {
            listen.Protocols = HttpProtocols.Http1AndHttp2;
            listen.UseHttps(_tls.Options);
        });
    }
}
