using System.Security.Cryptography;
using System.Text;

namespace Netes.Cli.Clusters;

/// <summary>
/// Where the things of local clusters are. Files: below <see cref="StateFolder"/> (/var/lib/netes, or NETES_STATE_DIR).
/// On the host's kernel: one link, one network namespace per node and one for the switch between them, one cgroup.
/// </summary>
internal sealed record ClusterPaths(string StateFolder)
{
    /// <summary>The folder of network namespaces that ip-netns(8) uses too.</summary>
    public const string NamespaceFolder = "/run/netns";

    /// <summary>Where a node sees the program that it runs.</summary>
    public const string ProgramInNode = "/run/netes/program";

    /// <summary>Where a node sees its own share of the cluster's state: its settings and its logs.</summary>
    public const string ShareInNode = "/run/netes/node";

    public static ClusterPaths FromEnvironment() =>
        new(Environment.GetEnvironmentVariable("NETES_STATE_DIR") is { Length: > 0 } folder
            ? Path.GetFullPath(folder)
            : "/var/lib/netes");

    public string Clusters => Path.Combine(StateFolder, "clusters");

    public string Lock => Path.Combine(StateFolder, "clusters.lock");

    /// <summary>For large files of a moment, which have no name while they exist.</summary>
    public string Scratch => Path.Combine(StateFolder, "scratch");

    public string Cluster(string cluster) => Path.Combine(Clusters, cluster);

    public string StateFile(string cluster) => Path.Combine(Cluster(cluster), "cluster.json");

    public string Program(string cluster) => Path.Combine(Cluster(cluster), "program");

    /// <summary>The administrator's kubeconfig as the control plane wrote it.</summary>
    public string AdminKubeconfig(ClusterState state) =>
        Path.Combine(Share(state.Name, state.ControlPlane.Name), "admin.kubeconfig");

    public string Node(string cluster, string node) => Path.Combine(Cluster(cluster), "nodes", node);

    /// <summary>The node's disk: its root folder.</summary>
    public string Root(string cluster, string node) => Path.Combine(Node(cluster, node), "root");

    /// <summary>What host and node share: node.json's twin, logs, kubeconfig.</summary>
    public string Share(string cluster, string node) => Path.Combine(Node(cluster, node), "share");

    public string Logs(string cluster, string node) => Path.Combine(Share(cluster, node), "logs");

    /// <summary>Identity of the node's first process, seen from the host.</summary>
    public string ProcessFile(string cluster, string node) => Path.Combine(Share(cluster, node), "process");

    public static string NodeNamespace(string node) => "netes-" + node;

    /// <summary>
    /// The namespace that holds the bridge between the nodes. A node name has no dot, so no node can have it.
    /// </summary>
    public static string SwitchNamespace(string cluster) => $"netes-{cluster}.switch";

    public static string NamespaceFile(string name) => Path.Combine(NamespaceFolder, name);

    public static string ClusterCgroup(string cluster) => $"/netes/{cluster}";

    public static string NodeCgroup(string cluster, string node) => $"/netes/{cluster}/{node}";

    /// <summary>A link's name has at most 15 characters, a cluster's may have more: a hash stands for it.</summary>
    public static string LinkName(string cluster) =>
        "netes-" + Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(cluster)))[..8];
}
