using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Server.Kestrel.Core;
using Microsoft.AspNetCore.Server.Kestrel.Https;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using Netes.Api;
using Netes.Api.Core;
using Netes.Api.Telemetry;
using Netes.Nodes.Logs;
using Netes.Nodes.Metrics;
using Netes.Nodes.Pods;
using Netes.Nodes.Runtime;
using Netes.Nodes.Stats;

namespace Netes.Nodes.Server;

/// <summary>
/// The node's own HTTPS server: logs, exec, attach, port-forward and the pods that it runs. Only clients with a
/// certificate of the cluster get in. Source: pkg/kubelet/server/server.go.
/// </summary>
internal sealed partial class NodeServer(
    NodeServerOptions options, string nodeName, PodWorkers workers, UsageReader usage, IContainerRuntime runtime,
    Dial dial, NodeMetrics metrics, TimeProvider time, ILoggerFactory loggers)
{
    private const string MetricsType = "text/plain; version=0.0.4; charset=utf-8";

    private readonly ILogger logger = loggers.CreateLogger<NodeServer>();
    private readonly StreamProxy streams = new(dial);
    private readonly LogRequests logs = new(runtime, new LogReader(time), time);

    public async Task RunAsync(CancellationToken cancel)
    {
        var builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        builder.Services.AddSingleton(loggers);
        builder.WebHost.UseKestrelCore().UseKestrelHttpsConfiguration().ConfigureKestrel(kestrel =>
        {
            kestrel.AddServerHeader = false;
            kestrel.Limits.MaxRequestBodySize = 1024 * 1024;
            kestrel.Limits.MinResponseDataRate = null; // a followed log may be silent for hours
            kestrel.Listen(options.Address, options.Port, listen =>
            {
                listen.Protocols = HttpProtocols.Http1AndHttp2;
                listen.UseHttps(Https());
            });
        });
        await using var server = builder.Build();
        server.Run(context => HandleAsync(context, cancel));
        await server.StartAsync(cancel);
        try
        {
            await Task.Delay(Timeout.InfiniteTimeSpan, time, cancel);
        }
        catch (OperationCanceledException) when (cancel.IsCancellationRequested)
        {
            using var limit = new CancellationTokenSource(TimeSpan.FromSeconds(2), time);
            await server.StopAsync(limit.Token);
        }
    }

    private HttpsConnectionAdapterOptions Https() => new()
    {
        ServerCertificateSelector = (_, _) => options.Certificate(),
        ClientCertificateMode = ClientCertificateMode.AllowCertificate,
        CheckCertificateRevocation = false,
        ClientCertificateValidation = (certificate, _, _) =>
            ClientIdentity.IsTrusted(certificate, options.ClientAuthorities, time.GetUtcNow().UtcDateTime),
    };

    private async Task HandleAsync(HttpContext context, CancellationToken stop)
    {
        using var both = CancellationTokenSource.CreateLinkedTokenSource(context.RequestAborted, stop);
        var cancel = both.Token;
        try
        {
            await RouteAsync(context, cancel);
        }
        catch (BadNodeRequestException error)
        {
            await FailAsync(context, error.Code, error.Message);
        }
        catch (OperationCanceledException) when (cancel.IsCancellationRequested)
        {
            return; // the client left
        }
        catch (Exception error) when (!cancel.IsCancellationRequested)
        {
            LogFailed(error, context.Request.Method, context.Request.Path.Value ?? "");
            await FailAsync(context, StatusCodes.Status500InternalServerError, error.Message);
        }
    }

    private async Task RouteAsync(HttpContext context, CancellationToken cancel)
    {
        var path = context.Request.Path.Value ?? "/";
        var parts = path.Split('/', StringSplitOptions.RemoveEmptyEntries);
        var area = parts.Length > 0 ? parts[0] : "";
        await AuthorizeAsync(context, area, path, cancel);
        switch (area, parts.Length)
        {
            case ("healthz", _):
                await context.Response.WriteAsync("ok", cancel);
                break;
            case ("pods", 1):
                await AnswerPodsAsync(context, cancel);
                break;
            case ("containerLogs", 4):
                await logs.RunAsync(context, Find(parts), parts[3], cancel);
                break;
            case ("exec", 4 or 5):
                await ExecAsync(context, RunningId(Find(parts), parts[^1]), cancel);
                break;
            case ("attach", 4 or 5):
                await AttachAsync(context, RunningId(Find(parts), parts[^1]), cancel);
                break;
            case ("portForward", 3 or 4):
                await PortForwardAsync(context, Find(parts), cancel);
                break;
            case ("stats", 2) when parts[1] == "summary":
                context.Response.ContentType = "application/json";
                await context.Response.Body.WriteAsync(
                    SummaryWriter.Write(nodeName, await usage.ReadAsync(cancel)), cancel);
                break;
            case ("metrics", 1):
                await AnswerMetricsAsync(context, metrics.Registry, cancel);
                break;
            case ("metrics", 2) when parts[1] == "probes":
                await AnswerMetricsAsync(context, metrics.Probes.Registry, cancel);
                break;
            case ("metrics", 2) when parts[1] == "resource":
                context.Response.ContentType = MetricsType;
                await context.Response.WriteAsync(ResourceMetrics.Render(await usage.ReadAsync(cancel)), cancel);
                break;
            case ("run", 4 or 5):
                await RunCommandAsync(context, RunningId(Find(parts), parts[^1]), cancel);
                break;
            default:
                throw new BadNodeRequestException(404, "404 page not found");
        }
    }

    private async Task AuthorizeAsync(HttpContext context, string area, string path, CancellationToken cancel)
    {
        if (area == "healthz")
        {
            return;
        }

        var certificate = context.Connection.ClientCertificate
            ?? throw new BadNodeRequestException(401, "Unauthorized");
        var (user, groups) = ClientIdentity.Of(certificate);
        var verb = context.Request.Method switch
        {
            "POST" => "create", "PUT" => "update", "PATCH" => "patch", "DELETE" => "delete", _ => "get",
        };
        var subresource = area switch
        {
            "stats" or "metrics" or "pods" => area, "logs" => "log", _ => "proxy",
        };
        if (!await options.Authorize(new(user, groups, verb, subresource, path), cancel))
        {
            throw new BadNodeRequestException(403,
                $"Forbidden (user={user}, verb={verb}, resource=nodes, subresource(s)=[{subresource}])");
        }
    }

    private Pod Find(string[] parts) => workers.Find(parts[1], parts[2])
        ?? throw new BadNodeRequestException(404, $"pod \"{parts[2]}\" not found");

    private static string RunningId(Pod pod, string container)
    {
        var status = PodText.StatusOf(pod, container);
        return status?.State.Running is not null ? status.ContainerID["containerd://".Length..]
            : throw new BadNodeRequestException(404, $"container not found (\"{container}\")");
    }

    private async Task ExecAsync(HttpContext context, string id, CancellationToken cancel)
    {
        var query = context.Request.Query;
        var request = new Cri.ExecRequest
        {
            ContainerId = id,
            Tty = LogRequests.IsTrue(query["tty"]),
            Stdin = LogRequests.IsTrue(query["input"]) || LogRequests.IsTrue(query["stdin"]),
            Stdout = LogRequests.IsTrue(query["output"]) || LogRequests.IsTrue(query["stdout"]),
            Stderr = LogRequests.IsTrue(query["error"]) || LogRequests.IsTrue(query["stderr"]),
        };
        request.Cmd.AddRange(query["command"].Select(word => word ?? ""));
        request.Stderr &= !request.Tty; // a terminal has one output
        await streams.RunAsync(context, await runtime.ExecAsync(request, cancel), cancel);
    }

    private async Task AttachAsync(HttpContext context, string id, CancellationToken cancel)
    {
        var query = context.Request.Query;
        var request = new Cri.AttachRequest
        {
            ContainerId = id,
            Tty = LogRequests.IsTrue(query["tty"]),
            Stdin = LogRequests.IsTrue(query["input"]) || LogRequests.IsTrue(query["stdin"]),
            Stdout = LogRequests.IsTrue(query["output"]) || LogRequests.IsTrue(query["stdout"]),
            Stderr = LogRequests.IsTrue(query["error"]) || LogRequests.IsTrue(query["stderr"]),
        };
        request.Stderr &= !request.Tty;
        await streams.RunAsync(context, await runtime.AttachAsync(request, cancel), cancel);
    }

    private async Task PortForwardAsync(HttpContext context, Pod pod, CancellationToken cancel)
    {
        var sandboxes = await runtime.ListPodSandboxesAsync(pod.Metadata.Uid, cancel);
        var sandbox = sandboxes.Where(item => item.State == Cri.PodSandboxState.SandboxReady)
            .MaxBy(item => item.CreatedAt)
            ?? throw new BadNodeRequestException(404, $"pod not found (\"{pod.Metadata.Name}\")");
        var request = new Cri.PortForwardRequest { PodSandboxId = sandbox.Id };
        foreach (var text in context.Request.Query["port"])
        {
            request.Port.Add(int.TryParse(text, out var port)
                ? port : throw new BadNodeRequestException(400, $"invalid port {text}"));
        }

        await streams.RunAsync(context, await runtime.PortForwardAsync(request, cancel), cancel);
    }

    private async Task RunCommandAsync(HttpContext context, string id, CancellationToken cancel)
    {
        var command = ((string?)context.Request.Query["cmd"] ?? "").Split(' ', StringSplitOptions.RemoveEmptyEntries);
        var result = await runtime.ExecSyncAsync(id, command, TimeSpan.Zero, cancel);
        await context.Response.Body.WriteAsync(result.Stdout.Memory, cancel);
        await context.Response.Body.WriteAsync(result.Stderr.Memory, cancel);
    }

    private async Task AnswerPodsAsync(HttpContext context, CancellationToken cancel)
    {
        context.Response.ContentType = "application/json";
        var list = new PodList { Items = workers.Pods.ToValueList() };
        await context.Response.Body.WriteAsync(JsonCodec.Encode(list), cancel);
    }

    private static async Task AnswerMetricsAsync(
        HttpContext context, MetricRegistry registry, CancellationToken cancel)
    {
        context.Response.ContentType = MetricsType;
        registry.WriteTo(context.Response.BodyWriter);
        await context.Response.BodyWriter.FlushAsync(cancel);
    }

    private static async Task FailAsync(HttpContext context, int code, string message)
    {
        if (context.Response.HasStarted)
        {
            context.Abort(); // half an answer must not look like a whole one
            return;
        }

        context.Response.StatusCode = code;
        context.Response.ContentType = "text/plain; charset=utf-8";
        await context.Response.WriteAsync(message, CancellationToken.None);
    }

    [LoggerMessage(Level = LogLevel.Warning, Message = "{Method} {Path} failed")]
    private partial void LogFailed(Exception error, string method, string path);
}
