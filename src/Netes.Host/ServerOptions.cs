using System.Net;
using Netes.Api;
using Netes.ApiServer.Registry;
using Netes.ControlPlane.Scheduling;
using Netes.Host.Joining;

namespace Netes.Host;

/// <summary>What <c>netes server</c> is told.</summary>
public sealed record ServerOptions
{
    public string ClusterName { get; init; } = "default";

    /// <summary>Database, certificates and, unless the agent is off, the node's state.</summary>
    public string DataFolder { get; init; } = "/var/lib/netes";

    public int Port { get; init; } = 6443;

    /// <summary>The address that other machines use; also in the server's certificate.</summary>
    public required IPAddress NodeAddress { get; init; }

    /// <summary>More names and addresses of the server's certificate.</summary>
    public ValueList<string> ExtraNames { get; init; }

    public required string NodeName { get; init; }

    public ValueMap<string> NodeLabels { get; init; }

    public ValueList<Netes.Api.Core.Taint> NodeTaints { get; init; }

    /// <summary>The token by which agents join; null: one is made at the first start and kept.</summary>
    public JoinToken? Token { get; init; }

    /// <summary>The administrator's kubeconfig goes here; empty: only into the data folder.</summary>
    public string KubeconfigFile { get; init; } = "";

    /// <summary>False: this machine runs no pods.</summary>
    public bool RunAgent { get; init; } = true;

    /// <summary>False: nothing is written to disk; for tests.</summary>
    public bool Durable { get; init; } = true;

    public string ContainerdSocket { get; init; } = "/run/containerd/containerd.sock";

    /// <summary>The scheduler's profiles and limits.</summary>
    public SchedulerOptions Scheduler { get; init; } = new();

    /// <summary>Which features are on.</summary>
    public FeatureGates Features { get; init; } = FeatureGates.Default;

    /// <summary>Which API versions and resources are served.</summary>
    public RuntimeConfig RuntimeConfig { get; init; } = RuntimeConfig.Default;

    public NetworkOptions Network { get; init; } = new();
}
