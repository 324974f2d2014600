using Netes.Api.Core;

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
