using System.Collections.Immutable;
using System.Net;

namespace Netes.Nodes;

/// <summary>What one node agent is told. Source: kubelet's configuration (k8s.io/kubelet/config/v1beta1).</summary>
public sealed record NodeAgentOptions
{
    /// <summary>The version that a node says it runs.</summary>
    public const string KubernetesVersion = "v1.36.0";

    public required string NodeName { get; init; }

    /// <summary>The node's addresses, the main one first.</summary>
    public required ImmutableArray<IPAddress> NodeAddresses { get; init; }

    /// <summary>Where pods' volumes and files live.</summary>
    public string DataDirectory { get; init; } = "/var/lib/kubelet";

    /// <summary>Holds <c>pods/</c> (CRI logs) and <c>containers/</c> (links to them).</summary>
    public string LogDirectory { get; init; } = "/var/log";

    public string RuntimeSocket { get; init; } = "/run/containerd/containerd.sock";

    /// <summary>Where drivers of devices describe these, for runtimes without the Container Device Interface.</summary>
    public ImmutableArray<string> CdiDirectories { get; init; } = ["/etc/cdi", "/var/run/cdi"];

    /// <summary>The cgroup below which <c>kubepods</c> is made, in every hierarchy.</summary>
    public string CgroupRoot { get; init; } = "/";

    /// <summary>The cluster's DNS servers as pods are told them; empty: pods get the node's.</summary>
    public ImmutableArray<string> ClusterDns { get; init; } = [];

    public string ClusterDomain { get; init; } = "cluster.local";

    /// <summary>The file whose servers and search domains pods with <c>dnsPolicy: Default</c> get.</summary>
    public string ResolvConf { get; init; } = "/etc/resolv.conf";

    /// <summary>The port of the agent's own HTTPS server, as the node's status tells it.</summary>
    public int Port { get; init; } = 10250;

    /// <summary>Written on the node at its first registration.</summary>
    public ImmutableDictionary<string, string> NodeLabels { get; init; } = ImmutableDictionary<string, string>.Empty;

    /// <summary>Taints of the first registration.</summary>
    public ImmutableArray<Netes.Api.Core.Taint> NodeTaints { get; init; } = [];

    public int MaxPods { get; init; } = 110;

    /// <summary>
    /// How much of the machine this node offers; null: all of it. Nodes of a local cluster share a machine.
    /// </summary>
    public long? MemoryBytes { get; init; }

    public int? CpuMillis { get; init; }

    public TimeSpan LeaseRenewal { get; init; } = TimeSpan.FromSeconds(10);

    public int LeaseDurationSeconds { get; init; } = 40;

    /// <summary>An unchanged status is written this often.</summary>
    public TimeSpan NodeStatusReport { get; init; } = TimeSpan.FromMinutes(5);

    /// <summary>A container's log file is rotated beyond this size.</summary>
    public long LogMaxBytes { get; init; } = 10 * 1024 * 1024;

    /// <summary>Log files kept of each container, the current one included.</summary>
    public int LogMaxFiles { get; init; } = 5;

    /// <summary>Plugins of the node make themselves known by sockets in it.</summary>
    public string PluginSocketDirectory => $"{DataDirectory}/plugins_registry";

    /// <summary>Remembers the claims whose devices are prepared.</summary>
    public string PreparedClaimsFile => $"{DataDirectory}/dra_manager_state";

    public string PodDirectory(string podUid) => $"{DataDirectory}/pods/{podUid}";

    public string PodLogDirectory(string podNamespace, string podName, string podUid) =>
        $"{LogDirectory}/pods/{podNamespace}_{podName}_{podUid}";
}
