using Netes.Api.Core;
using Netes.Api.Networking;

namespace Netes.Nodes.Network;

/// <summary>The routes by which pods of other nodes are reached. Pure.</summary>
public static class NodeRoutes
{
    /// <summary>Pod range → address of the node that has it, for every node but <paramref name="self"/>.</summary>
    public static IReadOnlyDictionary<string, string> Desired(IEnumerable<Node> nodes, string self) => nodes
        .Where(node => node.Metadata.Name != self)
        .Select(node => (Cidr: node.Spec.PodCIDR, Address: InternalAddress(node)))
        .Where(route => route.Cidr.Length > 0 && route.Address.Length > 0)
        .GroupBy(route => route.Cidr)
        .ToDictionary(same => same.Key, same => same.First().Address, StringComparer.Ordinal);

    /// <summary>Lines for <c>ip -batch -</c> that lead from the applied routes to the desired ones.</summary>
    public static IReadOnlyList<string> Changes(
        IReadOnlyDictionary<string, string> applied, IReadOnlyDictionary<string, string> desired) =>
    [
        .. applied.Where(route => !desired.ContainsKey(route.Key)).Select(route => $"route del {route.Key}"),
        .. desired.Where(route => applied.GetValueOrDefault(route.Key) != route.Value)
            .Select(route => $"route replace {route.Key} via {route.Value}"),
    ];

    /// <summary>
    /// The ranges of services' addresses that came after <paramref name="first"/>. Source: KEP-1880; only IPv4 has
    /// rules.
    /// </summary>
    public static IReadOnlySet<string> ServiceRanges(IEnumerable<ServiceCIDR> ranges, string first) => ranges
        .SelectMany(range => range.Spec.CIDRs)
        .Where(cidr => cidr != first && !cidr.Contains(':'))
        .ToHashSet(StringComparer.Ordinal);

    /// <summary>
    /// As for the first range: packets of this machine to a service get as far as the rules that translate them.
    /// </summary>
    public static IReadOnlyList<string> ServiceChanges(
        IReadOnlySet<string> applied, IReadOnlySet<string> desired, string source) =>
    [
        .. applied.Where(range => !desired.Contains(range)).Select(range => $"route del {range} dev lo"),
        .. desired.Where(range => !applied.Contains(range))
            .Select(range => $"route replace {range} dev lo src {source}"),
    ];

    private static string InternalAddress(Node node)
    {
        foreach (var address in node.Status.Addresses)
        {
            if (address.Type == NodeAddressType.InternalIP && !address.Address.Contains(':'))
            {
                return address.Address;
            }
        }

        return "";
    }
}
