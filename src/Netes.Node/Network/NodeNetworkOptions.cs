namespace Netes.Nodes.Network;

/// <summary>What a node needs to know to connect its pods with the cluster.</summary>
public sealed record NodeNetworkOptions
{
    public required string NodeName { get; init; }

    /// <summary>The address by which other nodes reach this one.</summary>
    public required string NodeAddress { get; init; }

    public string ClusterCidr { get; init; } = "10.244.0.0/16";

    public string ServiceCidr { get; init; } = "10.96.0.0/16";

    /// <summary>Each node answers DNS on this address itself.</summary>
    public string DnsAddress { get; init; } = "10.96.0.10";

    public string ClusterDomain { get; init; } = "cluster.local";

    /// <summary>Where the container runtime looks for network configurations.</summary>
    public string CniConfigFolder { get; init; } = "/etc/cni/net.d";

    /// <summary>False: pod networking belongs to a CNI plugin that the user brings.</summary>
    public bool ManagePodNetwork { get; init; } = true;

    /// <summary>The resolvers for names outside the cluster come from here.</summary>
    public string ResolvConf { get; init; } = "/etc/resolv.conf";

    /// <summary>Where the addresses of pods are leased on disk (host-local IPAM).</summary>
    public string IpamFolder { get; init; } = "/var/lib/cni/networks";
}
