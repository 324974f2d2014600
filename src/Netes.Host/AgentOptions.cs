using System.Net;
using Netes.Api;
using Netes.Host.Joining;

namespace Netes.Host;

/// <summary>What <c>netes agent</c> is told.</summary>
public sealed record AgentOptions
{
    /// <summary>e.g. <c>https://10.0.0.1:6443</c>.</summary>
    public required Uri Server { get; init; }

    public required JoinToken Token { get; init; }

    /// <summary>The cluster's authority, when the token does not name it.</summary>
    public string AuthorityFile { get; init; } = "";

    public required string NodeName { get; init; }

    public required IPAddress NodeAddress { get; init; }

    public ValueMap<string> NodeLabels { get; init; }

    /// <summary>key=value:effect, as kubelet's --register-with-taints.</summary>
    public ValueList<Netes.Api.Core.Taint> NodeTaints { get; init; }

    public string DataFolder { get; init; } = "/var/lib/netes";

    public string ContainerdSocket { get; init; } = "/run/containerd/containerd.sock";

    public NetworkOptions Network { get; init; } = new();
}
