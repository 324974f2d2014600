namespace Netes.Nodes.Proxy;

/// <summary>What the table needs to know of the cluster's addresses.</summary>
public sealed record NftTableOptions
{
    /// <summary>Pod addresses of the whole cluster; traffic from elsewhere to a Service is masqueraded.</summary>
    public required string ClusterCidr { get; init; }

    public required string ServiceCidr { get; init; }

    /// <summary>The table's name: one a node.</summary>
    public string Table { get; init; } = "netes";
}

/// <summary>
/// The fixed part of the ruleset. Chains and hooks follow the design of Kubernetes' nftables proxy
/// (pkg/proxy/nftables/proxier.go), in our own table.
/// </summary>
/// <remarks>
/// <code>
/// prerouting, output (dstnat) ─▶ services ─▶ service-ips / node-ports (verdict maps) ─▶ service-… ─▶ endpoint-… (dnat)
/// forward, input, output (filter) ─▶ no-endpoint maps: reject; leftover Service addresses: reject, never forwarded
/// postrouting (srcnat) ─▶ marked connections and pods' connections that leave the cluster: masquerade
/// </code>
/// </remarks>
public static class NftTable
{
    public const string ServiceIps = "service-ips";
    public const string NodePorts = "node-ports";
    public const string HostPorts = "host-ports";
    public const string ClusterIps = "cluster-ips";
    public const string NoEndpointServices = "no-endpoint-services";
    public const string NoEndpointNodePorts = "no-endpoint-node-ports";
    public const string Masquerade = "mark-for-masquerade";
    public const string Reject = "reject-connection";
    public const string Drop = "drop-connection";

    // The bit that Kubernetes uses, so that other tools know it.
    private const string MasqueradeMark = "0x4000";

    /// <summary>A transaction that leaves our table with its fixed part only, whatever was there before.</summary>
    public static string Create(NftTableOptions options) => $$"""
        add table ip {{options.Table}}
        delete table ip {{options.Table}}
        table ip {{options.Table}} {
          comment "services of the cluster; owned by netes"
          map service-ips { type ipv4_addr . inet_proto . inet_service : verdict; }
          map node-ports { type inet_proto . inet_service : verdict; }
          map host-ports { type inet_proto . inet_service : verdict; }
          set cluster-ips { type ipv4_addr; }
          map no-endpoint-services { type ipv4_addr . inet_proto . inet_service : verdict; }
          map no-endpoint-node-ports { type inet_proto . inet_service : verdict; }
          chain mark-for-masquerade { meta mark set meta mark or {{MasqueradeMark}}; }
          chain reject-connection { reject; }
          chain drop-connection { drop; }
          chain services {
            ip daddr . meta l4proto . th dport vmap @service-ips
            fib daddr type local ip daddr != 127.0.0.0/8 meta l4proto . th dport vmap @host-ports
            fib daddr type local ip daddr != 127.0.0.0/8 meta l4proto . th dport vmap @node-ports
          }
          chain no-endpoints {
            ip daddr . meta l4proto . th dport vmap @no-endpoint-services
            fib daddr type local ip daddr != 127.0.0.0/8 meta l4proto . th dport vmap @no-endpoint-node-ports
          }
          chain leftovers {
            ip daddr @cluster-ips reject
            ip daddr {{options.ServiceCidr}} fib daddr type != local reject
          }
          chain nat-prerouting { type nat hook prerouting priority dstnat; policy accept; jump services; }
          chain nat-output { type nat hook output priority -100; policy accept; jump services; }
          chain nat-postrouting {
            type nat hook postrouting priority srcnat; policy accept;
            meta mark & {{MasqueradeMark}} == {{MasqueradeMark}} meta mark set meta mark xor {{MasqueradeMark}} masquerade fully-random
            ip saddr {{options.ClusterCidr}} ip daddr != {{options.ClusterCidr}} ip daddr != 224.0.0.0/4 masquerade fully-random
          }
          chain filter-forward {
            type filter hook forward priority -110; policy accept;
            ct state new jump no-endpoints
            ct state new jump leftovers
          }
          chain filter-input {
            type filter hook input priority -110; policy accept;
            ct state new jump no-endpoints
          }
          chain filter-output { type filter hook output priority -110; policy accept; ct state new jump no-endpoints; }
          chain filter-output-after-nat {
            type filter hook output priority -90; policy accept;
            ct state new jump leftovers
          }
        }

        """;

    public static string Delete(NftTableOptions options) =>
        $"add table ip {options.Table}\ndelete table ip {options.Table}\n";
}
