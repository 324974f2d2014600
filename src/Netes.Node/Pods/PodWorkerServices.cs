using Microsoft.Extensions.Logging;
using Netes.Api;
using Netes.Api.Core;
using Netes.Client;
using Netes.Nodes.Cgroups;
using Netes.Nodes.Devices;
using Netes.Nodes.Metrics;
using Netes.Nodes.Probes;
using Netes.Nodes.Runtime;
using Netes.Nodes.Volumes;

namespace Netes.Nodes.Pods;

/// <summary>What the loops of all pods share.</summary>
internal sealed record PodWorkerServices
{
    public required IContainerRuntime Runtime { get; init; }

    public required PodRuntimeReader Reader { get; init; }

    public required ContainerStarter Starter { get; init; }

    public required PodKiller Killer { get; init; }

    public required PodVolumes Volumes { get; init; }

    public required ServiceAccountTokens Tokens { get; init; }

    public required NodeDevices Devices { get; init; }

    public required PodCgroups Cgroups { get; init; }

    public required Prober Prober { get; init; }

    public required PodEvents Events { get; init; }

    public required KubernetesClient Client { get; init; }

    public required Informer<Pod> Pods { get; init; }

    public required ClusterObjects Objects { get; init; }

    public required NodeAgentOptions Options { get; init; }

    public required TimeProvider Time { get; init; }

    public required ILoggerFactory Loggers { get; init; }

    /// <summary>The node as the API has it; null before it was registered.</summary>
    public required Func<Node?> Node { get; init; }

    /// <summary>What the node offers, as last measured.</summary>
    public required Func<ValueMap<Quantity>> Allocatable { get; init; }

    public required long MemoryCapacityBytes { get; init; }

    public required NodeMetrics Metrics { get; init; }
}
