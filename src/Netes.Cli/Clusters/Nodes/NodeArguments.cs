using System.Security.Cryptography;
using System.Text;

namespace Netes.Cli.Clusters.Nodes;

/// <summary>How a node's part of Kubernetes is called.</summary>
internal static class NodeArguments
{
    public const string Socket = "/run/containerd/containerd.sock";
    public const string AdminKubeconfig = ClusterPaths.ShareInNode + "/admin.kubeconfig";

    public static IReadOnlyList<string> For(ClusterState state, NodeState node)
    {
        string[] common =
        [
            "--data-dir", "/var/lib/netes", "--node-name", node.Name, "--node-ip", node.Ip,
            "--containerd", Socket, "--token", state.Token,
            .. node.Labels.SelectMany(label => (string[])["--node-label", $"{label.Key}={label.Value}"]),
        ];
        return node == state.ControlPlane
            ?
            [
                "server", .. common, "--cluster-name", state.Name, "--service-cidr", state.ServiceSubnet,
                "--cluster-cidr", state.PodSubnet, "--kubeconfig-out", AdminKubeconfig,
                .. state.DisableDefaultCni ? (string[])["--disable-default-cni"] : [],
            ]
            :
            [
                "agent", .. common, "--server", $"https://{state.ControlPlane.Ip}:6443",
                .. state.DisableDefaultCni ? (string[])["--disable-default-cni"] : [],
            ];
    }

    /// <summary>The same at each start of a node, another for each node.</summary>
    public static string MachineId(ClusterState state, NodeState node) =>
        Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes($"{state.Token}/{node.Name}")))[..32];
}
