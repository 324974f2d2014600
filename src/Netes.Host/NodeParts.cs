using System.Collections.Immutable;
using Microsoft.Extensions.Logging;
using Netes.Api.Core;
using Netes.Api.Telemetry;
using Netes.Client;
using Netes.Host.Joining;
using Netes.Nodes;
using Netes.Nodes.Dns;
using Netes.Nodes.Network;
using Netes.Nodes.Proxy;
using Netes.Nodes.Runtime;

namespace Netes.Host;

/// <summary>What runs on each node: the agent of pods, the node's network, the service proxy, DNS.</summary>
internal sealed class NodeParts(
    AgentOptions options, MetricRegistry metrics, TimeProvider time, ILoggerFactory loggers)
{
    /// <param name="client">The API in the node's name.</param>
    /// <param name="credentials">What the agent's own server shows and trusts.</param>
    /// <param name="cancel">Ends all parts; the containers go on.</param>
    public async Task RunAsync(KubernetesClient client, Func<NodeCredentials> credentials, CancellationToken cancel)
    {
        await using var parts = new Components(loggers.CreateLogger<NodeParts>(), cancel);
        var informers = new InformerSet(client, time, new Random(), loggers);
        var network = NetworkOptions();
        var nodeNetwork = new NodeNetwork(network, informers, time, loggers.CreateLogger<NodeNetwork>());
        var proxy = new ServiceProxy(network, informers, time, loggers.CreateLogger<ServiceProxy>());
        var dns = new ClusterDns(network, informers, time, loggers.CreateLogger<ClusterDns>());
        using var runtime = new CriRuntime(options.ContainerdSocket, time);
        ProcessMetrics.Add(metrics);
        CertificateMetrics.Add(metrics, credentials, time);
        var agent = new NodeAgent(
            AgentOptions(),
            new NodeAgentServices
            {
                Client = client,
                Informers = informers,
                Runtime = runtime,
                Time = time,
                Loggers = loggers,
                Metrics = metrics,
                Server = new()
                {
                    Certificate = () => credentials().Server, ClientAuthorities = credentials().Authorities,
                },
            });
        parts.Start("node network", nodeNetwork.RunAsync);
        parts.Start("service proxy", proxy.RunAsync);
        parts.Start("cluster DNS", dns.RunAsync);
        parts.Start("agent of pods", agent.RunAsync);
        parts.Start("informers", informers.RunAsync);
        await parts.RunAsync();
    }

    private NodeNetworkOptions NetworkOptions() => new()
    {
        NodeName = options.NodeName,
        NodeAddress = options.NodeAddress.ToString(),
        ClusterCidr = options.Network.PodRange.ToString(),
        ServiceCidr = options.Network.ServiceRange.ToString(),
        DnsAddress = options.Network.DnsAddress.ToString(),
        ClusterDomain = options.Network.ClusterDomain,
        ManagePodNetwork = options.Network.ManagePodNetwork,
    };

    private NodeAgentOptions AgentOptions() => new()
    {
        NodeName = options.NodeName,
        NodeAddresses = [options.NodeAddress],
        RuntimeSocket = options.ContainerdSocket,
        ClusterDns = [options.Network.DnsAddress.ToString()],
        ClusterDomain = options.Network.ClusterDomain,
        NodeLabels = options.NodeLabels.ToImmutableDictionary(StringComparer.Ordinal),
        NodeTaints = [.. options.NodeTaints],
    };
}
