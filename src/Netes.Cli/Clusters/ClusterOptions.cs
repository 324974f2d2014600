namespace Netes.Cli.Clusters;

/// <summary>What a user asks for, from flags and from the configuration file; defaults are kind's.</summary>
internal sealed record ClusterOptions
{
    public required string Name { get; init; }
    public required IReadOnlyList<NodeOptions> Nodes { get; init; }
    public required string ApiServerAddress { get; init; }

    /// <summary>0: a free port is chosen at creation and kept.</summary>
    public required int ApiServerPort { get; init; }
    public required string PodSubnet { get; init; }
    public required string ServiceSubnet { get; init; }
    public required bool DisableDefaultCni { get; init; }

    /// <summary>See <see cref="ClusterState.Egress"/>.</summary>
    public required string Egress { get; init; }

    /// <summary>See <see cref="ClusterState.RunKubernetes"/>.</summary>
    public required bool RunKubernetes { get; init; }

    public const string EgressDirect = "direct", EgressNone = "none";

    /// <summary>One control plane and so many workers.</summary>
    public static ClusterOptions Default(string name, int workers = 0) => new()
    {
        Name = name,
        Nodes = [NodeOptions.Default("control-plane"), .. Enumerable.Repeat(NodeOptions.Default("worker"), workers)],
        ApiServerAddress = "127.0.0.1",
        ApiServerPort = 0,
        PodSubnet = "10.244.0.0/16",
        ServiceSubnet = "10.96.0.0/16",
        DisableDefaultCni = false,
        Egress = EgressDirect,
        RunKubernetes = true,
    };
}

internal sealed record NodeOptions(
    string Role,
    IReadOnlyList<PortMapping> Ports,
    IReadOnlyList<ExtraMount> Mounts,
    IReadOnlyDictionary<string, string> Labels)
{
    public static NodeOptions Default(string role) => new(role, [], [], new Dictionary<string, string>());
}
