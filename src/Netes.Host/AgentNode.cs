using Microsoft.Extensions.Logging;
using Netes.Api.Telemetry;
using Netes.Client;
using Netes.Host.Joining;

namespace Netes.Host;

/// <summary><c>netes agent</c>: joins the cluster, then runs the node's parts and renews its certificates.</summary>
public sealed class AgentNode(AgentOptions options, TimeProvider time, ILoggerFactory loggers)
{
    /// <summary>Runs until cancelled; returns when everything has ended.</summary>
    public async Task RunAsync(CancellationToken cancel)
    {
        var join = new NodeJoin(options, time, loggers.CreateLogger<NodeJoin>());
        var credentials = await join.EnsureAsync(cancel);
        await using var parts = new Components(loggers.CreateLogger<AgentNode>(), cancel);
        var metrics = new MetricRegistry();
        using var transport = new HttpTransport(new HttpTransportOptions
        {
            Server = options.Server,
            Authorities = credentials.Authorities,
            ClientCertificate = () => Volatile.Read(ref credentials).Client,
            Metrics = new(metrics, time),
            UserAgent = $"netes-agent/{options.NodeName}",
        });
        var client = new KubernetesClient(transport, "kubelet");
        var node = new NodeParts(options, metrics, time, loggers);
        parts.Start("node agent", stop => node.RunAsync(client, () => Volatile.Read(ref credentials), stop));
        parts.Start("certificate renewal", async stop =>
        {
            while (true)
            {
                await Task.Delay(Limited(join.UntilRenewal(credentials)), time, stop);
                Volatile.Write(ref credentials, await join.EnsureAsync(stop));
            }
        });
        await parts.RunAsync();
    }

    // A timer cannot wait longer than 49 days; waking once a day costs nothing.
    private static TimeSpan Limited(TimeSpan wait) => wait < TimeSpan.FromDays(1) ? wait : TimeSpan.FromDays(1);
}
