namespace Netes.Cli.Clusters.Networks;

/// <summary>Lines for ip-batch in one network namespace; null is the host's.</summary>
internal sealed record IpBatch(string? Namespace, IReadOnlyList<string> Lines);

/// <summary>
/// How a cluster's nodes are wired, as commands of ip(8):
/// <code>
///   host                 namespace netes-demo.switch           namespace netes-demo-worker
///   netes-1a2b3c4d ───── host ─ bridge br0 ─ node1 ─────────── eth0 172.30.7.3/24
///   172.30.7.1/24
/// </code>
/// The bridge sits in a namespace of its own: traffic between nodes then never meets the host's packet filter (Docker
/// sets the host's forwarding policy to drop), and all that the host sees is one link.
/// </summary>
internal static class SwitchPlan
{
    public static IEnumerable<IpBatch> Switch(ClusterState state)
    {
        var inside = ClusterPaths.SwitchNamespace(state.Name);
        yield return new(inside,
        [
            "link set lo up",
            "link add br0 type bridge forward_delay 0",
            "link set br0 addrgenmode none up",
        ]);
        yield return new(null,
        [
            $"link add {state.Link} type veth peer name host netns {inside}",
            $"link set {state.Link} addrgenmode none",
            $"address add {state.HostIp}/24 dev {state.Link}",
            $"link set {state.Link} up",
        ]);
        yield return new(inside, ["link set host addrgenmode none master br0 up"]);
    }

    /// <summary>
    /// One node's link, addresses and routes. Pod and service ranges are unreachable until the node agent says better:
    /// without that, a packet for a Service without rules would leave by the default route.
    /// </summary>
    public static IEnumerable<IpBatch> Node(ClusterState state, NodeState node)
    {
        var inside = ClusterPaths.NodeNamespace(node.Name);
        var port = "node" + state.Nodes.Index().First(each => each.Item.Name == node.Name).Index;
        yield return new(ClusterPaths.SwitchNamespace(state.Name),
        [
            $"link add {port} type veth peer name eth0 netns {inside}",
            $"link set {port} addrgenmode none master br0 up",
        ]);
        yield return new(inside,
        [
            "link set lo up",
            "link set eth0 addrgenmode none",
            $"address add {node.Ip}/24 dev eth0",
            "link set eth0 up",
            $"route add default via {state.HostIp} dev eth0",
            .. Ranges(state.PodSubnet), .. Ranges(state.ServiceSubnet),
        ]);
    }

    // A range may be two, separated by a comma (IPv4 and IPv6).
    private static IEnumerable<string> Ranges(string subnets) =>
        subnets.Split(',').Select(subnet => subnet.Contains(':')
            ? $"-6 route add unreachable {subnet} metric 4096"
            : $"route add unreachable {subnet} metric 4096");
}
