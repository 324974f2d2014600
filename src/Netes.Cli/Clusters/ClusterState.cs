using System.Text.Json;
using System.Text.Json.Serialization;

namespace Netes.Cli.Clusters;

/// <summary>
/// What a local cluster is, written once at its creation (cluster.json) and enough to start it again after a reboot.
/// Every member is required on the wire: an old file is rejected rather than half understood.
/// </summary>
internal sealed record ClusterState
{
    public required string Name { get; init; }

    /// <summary>
    /// The cluster's one link on the host, also the name by which its addresses are found ("netes-1a2b3c4d").
    /// </summary>
    public required string Link { get; init; }

    /// <summary>The network of the nodes, a /24; the host is its .1.</summary>
    public required string NodeSubnet { get; init; }
    public required string HostIp { get; init; }
    public required string PodSubnet { get; init; }
    public required string ServiceSubnet { get; init; }
    public required string Token { get; init; }

    /// <summary>Where the API is reached on the host.</summary>
    public required string ApiServerAddress { get; init; }
    public required int ApiServerPort { get; init; }
    public required bool DisableDefaultCni { get; init; }

    /// <summary>
    /// False only in tests of the machinery below Kubernetes: the nodes then run nothing but containerd.
    /// </summary>
    public required bool RunKubernetes { get; init; }
    /// <summary>
    /// How nodes reach registries: "direct" through the host, the URL of a proxy of the user's, or "none".
    /// </summary>
    public required string Egress { get; init; }
    public required ProgramFiles Program { get; init; }
    public required IReadOnlyList<NodeState> Nodes { get; init; }

    [JsonIgnore]
    public NodeState ControlPlane => Nodes.First(node => node.IsControlPlane);

    public string ToJson() => JsonSerializer.Serialize(this, ClusterJson.Default.ClusterState);

    public static ClusterState FromJson(string text) =>
        JsonSerializer.Deserialize(text, ClusterJson.Default.ClusterState)
        ?? throw new JsonException("cluster.json is empty");
}

/// <summary>One node. Roles are kind's: "control-plane" or "worker".</summary>
internal sealed record NodeState
{
    public required string Name { get; init; }
    public required string Role { get; init; }
    public required string Ip { get; init; }
    public required IReadOnlyList<PortMapping> Ports { get; init; }
    public required IReadOnlyList<ExtraMount> Mounts { get; init; }
    public required IReadOnlyDictionary<string, string> Labels { get; init; }

    [JsonIgnore]
    public bool IsControlPlane => Role == "control-plane";
}

/// <summary>A port of the host that leads to a port of a node. Protocol: TCP or UDP.</summary>
internal sealed record PortMapping(string ListenAddress, int HostPort, int ContainerPort, string Protocol);

/// <summary>A file or folder of the host that a node sees.</summary>
internal sealed record ExtraMount(string HostPath, string ContainerPath, bool ReadOnly);

/// <summary>
/// The program that runs in the nodes: the folder that holds it, its file name, and (when it is not native) the folder
/// of the .NET runtime that it needs.
/// </summary>
internal sealed record ProgramFiles(string Folder, string File, string? RuntimeFolder);

[JsonSourceGenerationOptions(
    WriteIndented = true,
    PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase,
    UnmappedMemberHandling = JsonUnmappedMemberHandling.Disallow)]
[JsonSerializable(typeof(ClusterState))]
internal sealed partial class ClusterJson : JsonSerializerContext;
