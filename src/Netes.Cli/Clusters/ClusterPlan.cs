using System.Globalization;
using System.Net;

namespace Netes.Cli.Clusters;

/// <summary>
/// Turns what was asked for into a cluster with names, addresses and ports: pure, so that it is tested as a table.
/// </summary>
internal static class ClusterPlan
{
    /// <summary>Node names are kind's: demo-control-plane, demo-worker, demo-worker2, ...</summary>
    public static ClusterState Make(
        ClusterOptions options, IPNetwork subnet, int apiServerPort, string token, ProgramFiles program)
    {
        var counts = new Dictionary<string, int>();
        var nodes = options.Nodes.Index().Select(each =>
        {
            var role = each.Item.Role;
            var count = counts[role] = counts.GetValueOrDefault(role) + 1;
            var suffix = count == 1 ? "" : count.ToString(CultureInfo.InvariantCulture);
            return new NodeState
            {
                Name = $"{options.Name}-{role}{suffix}",
                Role = role,
                Ip = Address(subnet, 2 + each.Index),
                Ports = each.Item.Ports,
                Mounts = each.Item.Mounts,
                Labels = each.Item.Labels,
            };
        });
        return new ClusterState
        {
            Name = options.Name,
            Link = ClusterPaths.LinkName(options.Name),
            NodeSubnet = subnet.ToString(),
            HostIp = Address(subnet, 1),
            PodSubnet = options.PodSubnet,
            ServiceSubnet = options.ServiceSubnet,
            Token = token,
            ApiServerAddress = options.ApiServerAddress,
            ApiServerPort = apiServerPort,
            DisableDefaultCni = options.DisableDefaultCni,
            RunKubernetes = options.RunKubernetes,
            Egress = options.Egress,
            Program = program,
            Nodes = [.. nodes],
        };
    }

    private static string Address(IPNetwork subnet, int number)
    {
        var bytes = subnet.BaseAddress.GetAddressBytes();
        bytes[3] = (byte)number;
        return new IPAddress(bytes).ToString();
    }
}
