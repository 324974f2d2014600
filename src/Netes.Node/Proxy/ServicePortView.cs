using Netes.Api;

namespace Netes.Nodes.Proxy;

/// <summary>Where a connection may end: an address of a pod and what is known of it.</summary>
public sealed record ProxyEndpoint(string Address, int Port, bool IsLocal, bool Ready, bool Serving, bool Terminating);

/// <summary>One port of one Service with the endpoints behind it: all that the rules depend on.</summary>
public sealed record ServicePortView
{
    public required string Namespace { get; init; }

    public required string Name { get; init; }

    /// <summary>The name of the port; empty when the Service has just one.</summary>
    public required string PortName { get; init; }

    /// <summary>tcp, udp or sctp.</summary>
    public required string Protocol { get; init; }

    public required int Port { get; init; }

    /// <summary>0: none.</summary>
    public int NodePort { get; init; }

    public required string ClusterIP { get; init; }

    /// <summary>externalIPs and load balancer addresses: reached as the node port is.</summary>
    public ValueList<string> ExternalAddresses { get; init; }

    /// <summary>0: no affinity; else how long a client stays with its endpoint.</summary>
    public int AffinitySeconds { get; init; }

    public bool InternalLocal { get; init; }

    public bool ExternalLocal { get; init; }

    public ValueList<ProxyEndpoint> Endpoints { get; init; }

    public string Id => $"{Namespace}/{Name}/{Protocol}/{PortName}";

    /// <summary>The endpoints for traffic from inside the cluster.</summary>
    public IReadOnlyList<ProxyEndpoint> InternalEndpoints => Usable(InternalLocal);

    /// <summary>The endpoints for traffic from outside the cluster.</summary>
    public IReadOnlyList<ProxyEndpoint> ExternalEndpoints => Usable(ExternalLocal);

    // KEP-1669: terminating endpoints that still serve are used only when no ready one is left.
    private List<ProxyEndpoint> Usable(bool localOnly)
    {
        var candidates = Endpoints.Where(endpoint => !localOnly || endpoint.IsLocal).ToList();
        var ready = candidates.FindAll(endpoint => endpoint.Ready);
        return ready.Count > 0 ? ready
            : candidates.FindAll(endpoint => endpoint is { Serving: true, Terminating: true });
    }
}
