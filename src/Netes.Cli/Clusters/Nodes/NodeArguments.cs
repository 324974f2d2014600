using System.Security.Cryptography;
using System.Text;

namespace Netes.Cli.Clusters.Nodes;

/// <summary>How a node's part of Kubernetes is called.</summary>
internal static class NodeArguments
{
    public const string Socket = "/run/containerd/containerd.sock";
    public const string AdminKubeconfig = ClusterPaths.ShareInNode + "/admin.kubeconfig";

    /// <summary>Workers find the cluster's authority here, once the control plane has one; they wait for it.</summary>
    public const string AuthorityFile = ClusterPaths.ShareInNode + "/ca.crt";

    // As kubeadm does: a control plane runs no pods of users when there are workers for that.
    private const string ControlPlaneTaint = "node-role.kubernetes.io/control-plane:NoSchedule";

    public static IReadOnlyList<string> For(ClusterState state, NodeState node)
    {
        string[] common =
        [
            "--data-dir", "/var/lib/netes", "--node-name", node.Name, "--node-ip", node.Ip,
            "--containerd", Socket, "--token", state.Token, "--service-cidr", state.ServiceSubnet,
            "--cluster-cidr", state.PodSubnet, "--runtime-is-prepared",
            .. state.DisableDefaultCni ? (string[])["--disable-default-cni"] : [],
            .. node.Labels.SelectMany(label => (string[])["--node-label", $"{label.Key}={label.Value}"]),
        ];
        return node == state.ControlPlane
            ?
            [
                "server", .. common, "--cluster-name", state.Name, "--kubeconfig-out", AdminKubeconfig,
                "--tls-san", state.HostIp, "--tls-san", state.ApiServerAddress,
                .. state.Nodes.Count > 1 ? (string[])["--node-taint", ControlPlaneTaint] : [],
            ]
            :
            [
                "agent", .. common, "--server", $"https://{state.ControlPlane.Ip}:6443", "--ca-file", AuthorityFile,
            ];
    }

    /// <summary>containerd pulls through the node's proxy; addresses of the cluster itself need none.</summary>
    public static IReadOnlyDictionary<string, string> ContainerdEnvironment(ClusterState state) =>
        state.Egress == ClusterOptions.EgressNone
            ? new Dictionary<string, string>()
            : new Dictionary<string, string>
            {
                ["HTTPS_PROXY"] = $"http://127.0.0.1:{EgressProxy.Port}",
                ["HTTP_PROXY"] = $"http://127.0.0.1:{EgressProxy.Port}",
                ["NO_PROXY"] = $"127.0.0.1,localhost,{state.NodeSubnet},{state.PodSubnet},{state.ServiceSubnet}",
            };

    /// <summary>The same at each start of a node, another for each node.</summary>
    public static string MachineId(ClusterState state, NodeState node) =>
        Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes($"{state.Token}/{node.Name}")))[..32];
}
