using System.Net;

namespace Netes.Host;

/// <summary>The cluster's address ranges and DNS.</summary>
public sealed record NetworkOptions
{
    public IPNetwork PodRange { get; init; } = IPNetwork.Parse("10.244.0.0/16");

    public IPNetwork ServiceRange { get; init; } = IPNetwork.Parse("10.96.0.0/16");

    /// <summary>
    /// Of IPv6: nodes get a second range of pod addresses. Default null: they have one. Pods' own addresses stay those
    /// of IPv4.
    /// </summary>
    public IPNetwork? SecondaryPodRange { get; init; }

    /// <summary>Of IPv6: services may have a second address (KEP-563). Default null: they have one.</summary>
    public IPNetwork? SecondaryServiceRange { get; init; }

    public string ClusterDomain { get; init; } = "cluster.local";

    /// <summary>False: the user brings a CNI plugin; nodes are not ready until it is there.</summary>
    public bool ManagePodNetwork { get; init; } = true;

    /// <summary>The first address of the range: the Service <c>kubernetes</c>.</summary>
    public IPAddress ApiServerAddress => At(1);

    /// <summary>The tenth address of the range: cluster DNS.</summary>
    public IPAddress DnsAddress => At(10);

    private IPAddress At(byte offset)
    {
        var bytes = ServiceRange.BaseAddress.GetAddressBytes();
        bytes[^1] += offset;
        return new(bytes);
    }
}
