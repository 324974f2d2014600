using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using Netes.Api;

namespace Netes.Nodes.Proxy;

/// <summary>A host port of a pod of this node.</summary>
public sealed record HostPortView(string Protocol, int HostPort, string HostAddress, string PodAddress, int PodPort)
{
    /// <summary>Only processes of this node may use it.</summary>
    public bool ThisNodeOnly { get; init; }
}

/// <summary>The ports to serve → the rules that serve them. Pure. Source: pkg/proxy/nftables/proxier.go,
/// syncProxyRules.</summary>
public static class NftCompiler
{
    public static NftState Compile(
        IEnumerable<ServicePortView> ports, IEnumerable<HostPortView> hostPorts, NftTableOptions options)
    {
        var state = new NftStateBuilder();
        foreach (var port in ports)
        {
            CompilePort(state, port, options);
        }

        foreach (var hostPort in hostPorts)
        {
            CompileHostPort(state, hostPort);
        }

        return state.Build();
    }

    private static void CompilePort(NftStateBuilder state, ServicePortView port, NftTableOptions options)
    {
        var internals = port.InternalEndpoints;
        var externals = port.ExternalEndpoints;
        var isExternal = port.NodePort > 0 || !port.ExternalAddresses.IsEmpty;
        foreach (var endpoint in internals.Concat(isExternal ? externals : []).Distinct())
        {
            CompileEndpoint(state, port, endpoint);
        }

        state.Element(NftTable.ClusterIps, port.ClusterIP);
        var clusterKey = $"{port.ClusterIP} . {port.Protocol} . {Text(port.Port)}";
        if (internals.Count == 0)
        {
            state.Element(NftTable.NoEndpointServices, clusterKey, NoEndpointVerdict(port.InternalLocal, port));
        }
        else
        {
            var chain = Name("service", port.Id);
            state.Element(NftTable.ServiceIps, clusterKey, $"goto {chain}");
            // Clients outside the pod network could not route the answer of a pod back through us.
            var masquerade = $"ip daddr {port.ClusterIP} ip saddr != {options.ClusterCidr} jump {NftTable.Masquerade}";
            state.Chain(chain, [masquerade, .. Balance(port, internals)]);
        }

        if (isExternal)
        {
            CompileExternal(state, port, internals, externals, options);
        }
    }

    private static void CompileExternal(
        NftStateBuilder state,
        ServicePortView port,
        IReadOnlyList<ProxyEndpoint> internals,
        IReadOnlyList<ProxyEndpoint> externals,
        NftTableOptions options)
    {
        var chain = Name("external", port.Id);
        var (nodePortMap, addressMap, verdict) = externals.Count > 0 || (port.ExternalLocal && internals.Count > 0)
            ? (NftTable.NodePorts, NftTable.ServiceIps, $"goto {chain}")
            : (NftTable.NoEndpointNodePorts, NftTable.NoEndpointServices, NoEndpointVerdict(port.ExternalLocal, port));
        if (port.NodePort > 0)
        {
            state.Element(nodePortMap, $"{port.Protocol} . {Text(port.NodePort)}", verdict);
        }

        foreach (var address in port.ExternalAddresses)
        {
            state.Element(addressMap, $"{address} . {port.Protocol} . {Text(port.Port)}", verdict);
        }

        if (nodePortMap == NftTable.NoEndpointNodePorts)
        {
            return;
        }

        state.Chain(chain, port.ExternalLocal
            ? LocalRules(port, internals, externals, options)
            : [$"jump {NftTable.Masquerade}", .. Balance(port, externals)]);
    }

    // externalTrafficPolicy Local keeps the client's address, so only endpoints of this node may answer; pods of the
    // cluster are treated as if they had used the cluster address.
    private static List<string> LocalRules(
        ServicePortView port,
        IReadOnlyList<ProxyEndpoint> internals,
        IReadOnlyList<ProxyEndpoint> externals,
        NftTableOptions options)
    {
        var rules = new List<string>();
        if (internals.Count > 0)
        {
            var service = Name("service", port.Id);
            rules.Add($"ip saddr {options.ClusterCidr} goto {service}");
            rules.Add($"fib saddr type local jump {NftTable.Masquerade}");
            rules.Add($"fib saddr type local goto {service}");
        }

        rules.AddRange(externals.Count > 0 ? Balance(port, externals) : [$"goto {NftTable.Drop}"]);
        return rules;
    }

    private static void CompileEndpoint(NftStateBuilder state, ServicePortView port, ProxyEndpoint endpoint)
    {
        var rules = new List<string> { $"ip saddr {endpoint.Address} jump {NftTable.Masquerade}" };
        if (port.AffinitySeconds > 0)
        {
            var set = EndpointName("affinity", port, endpoint);
            state.AffinitySet(set, port.AffinitySeconds);
            rules.Add($"update @{set} {{ ip saddr }}");
        }

        rules.Add($"meta l4proto {port.Protocol} dnat to {endpoint.Address}:{Text(endpoint.Port)}");
        state.Chain(EndpointName("endpoint", port, endpoint), rules);
    }

    private static IEnumerable<string> Balance(ServicePortView port, IReadOnlyList<ProxyEndpoint> endpoints)
    {
        if (port.AffinitySeconds > 0)
        {
            foreach (var endpoint in endpoints)
            {
                var set = EndpointName("affinity", port, endpoint);
                yield return $"ip saddr @{set} goto {EndpointName("endpoint", port, endpoint)}";
            }
        }

        var choices = endpoints.Select((endpoint, index) =>
            $"{Text(index)} : goto {EndpointName("endpoint", port, endpoint)}");
        yield return $"numgen random mod {Text(endpoints.Count)} vmap {{ {string.Join(", ", choices)} }}";
    }

    private static void CompileHostPort(NftStateBuilder state, HostPortView port)
    {
        var id = $"{port.HostAddress}/{port.Protocol}/{Text(port.HostPort)}";
        var chain = Name("host-port", id);
        var key = $"{port.Protocol} . {Text(port.HostPort)}";
        if (port.HostAddress is "" or "0.0.0.0")
        {
            state.Element(NftTable.HostPorts, key, $"goto {chain}");
        }
        else
        {
            state.Element(NftTable.ServiceIps, $"{port.HostAddress} . {key}", $"goto {chain}");
        }

        state.Chain(chain,
        [
            .. port.ThisNodeOnly ? ["fib saddr type != local return"] : Array.Empty<string>(),
            $"ip saddr {port.PodAddress} jump {NftTable.Masquerade}",
            $"fib saddr type local jump {NftTable.Masquerade}",
            $"meta l4proto {port.Protocol} dnat to {port.PodAddress}:{Text(port.PodPort)}",
        ]);
    }

    // Local with endpoints elsewhere drops, so that a load balancer's retry finds another node; none at all rejects.
    private static string NoEndpointVerdict(bool localOnly, ServicePortView port) =>
        localOnly && port.Endpoints.Any(endpoint => endpoint.Ready)
            ? $"goto {NftTable.Drop}"
            : $"goto {NftTable.Reject}";

    private static string EndpointName(string prefix, ServicePortView port, ProxyEndpoint endpoint) =>
        Name(prefix, $"{port.Id}__{endpoint.Address}/{Text(endpoint.Port)}");

    /// <summary>A readable chain name of bounded length that is unique by its hash.</summary>
    private static string Name(string prefix, string id)
    {
        const int MaxLength = 120;
        var hash = Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(id)).AsSpan(0, 5));
        var name = $"{prefix}-{hash}-{id}".TrimEnd('/');
        return name.Length <= MaxLength ? name : name[..MaxLength];
    }

    private static string Text(int number) => number.ToString(CultureInfo.InvariantCulture);
}
