using System.Globalization;
using Netes.Api;
using Netes.Api.Core;
using Netes.Api.Discovery;

namespace Netes.ControlPlane;

/// <summary>
/// Endpoints given to zones in proportion to the zones' processors. Pure: the same endpoints and nodes give the same
/// hints. Source: staging endpointslice/topologycache/{topologycache,utils}.go, KEP-2433.
/// </summary>
internal static class ZoneShares
{
    private const string ZoneLabel = "topology.kubernetes.io/zone";

    private const string NoNodeInformation =
        "Insufficient Node information: allocatable CPU or zone not specified on one or more nodes";

    // A zone may get so much less than its share.
    private const double Overload = 0.2;

    /// <summary>Each zone's share of all processors.</summary>
    /// <returns>The shares; or why there are none: one zone is nothing to share among, either.</returns>
    public static (SortedDictionary<string, double>? Shares, string Problem) Of(IEnumerable<Node> nodes)
    {
        var cpus = new SortedDictionary<string, double>(StringComparer.Ordinal);
        foreach (var node in nodes.Where(IsCounted))
        {
            var cpu = (double)node.Status.Allocatable.Get("cpu").MilliValue;
            var zone = node.Metadata.Labels.Get(ZoneLabel, "")!;
            if (cpu <= 0 || zone.Length == 0)
            {
                return (null, NoNodeInformation);
            }

            cpus[zone] = cpus.GetValueOrDefault(zone) + cpu;
        }

        if (cpus.Count < 2)
        {
            return (null, NoNodeInformation);
        }

        var total = cpus.Values.Sum();
        foreach (var zone in cpus.Keys.ToList())
        {
            cpus[zone] /= total;
        }

        return (cpus, "");
    }

    /// <summary>Gives the ready endpoints of all groups their hints.</summary>
    /// <returns>Why there are no hints; empty: there are.</returns>
    public static string Apply(SortedDictionary<string, double> shares, IReadOnlyList<List<Endpoint>> groups)
    {
        var ready = groups.SelectMany((group, number) => group.Select((endpoint, index) => (number, index, endpoint)))
            .Where(entry => entry.endpoint.Conditions.Ready == true)
            .ToList();
        var size = string.Create(CultureInfo.InvariantCulture, $"({ready.Count} endpoints, {shares.Count} zones)");
        if (shares.Count > ready.Count)
        {
            return $"Insufficient number of endpoints {size}";
        }

        var least = shares.ToDictionary(
            pair => pair.Key, pair => (int)Math.Ceiling(pair.Value * ready.Count / (1 + Overload)),
            StringComparer.Ordinal);
        if (least.Values.Sum() > ready.Count)
        {
            return "Unable to allocate minimum required endpoints to each zone without exceeding overload threshold "
                + size;
        }

        if (ready.Any(entry => string.IsNullOrEmpty(entry.endpoint.Zone)))
        {
            return "One or more endpoints do not have a zone specified";
        }

        foreach (var (entry, zone) in ready.Zip(Zones([.. ready.Select(entry => entry.endpoint.Zone!)], shares, least)))
        {
            groups[entry.number][entry.index] = TopologyHints.For(entry.endpoint, zone);
        }

        return "";
    }

    /// <summary>
    /// At first everybody serves his own zone; then zones with too many give to those with too few, half an endpoint
    /// of difference at least on both sides and a whole one on one of them. A zone without ready nodes keeps its own.
    /// </summary>
    private static List<string> Zones(
        List<string> zones, SortedDictionary<string, double> shares, Dictionary<string, int> least)
    {
        var surplus = shares.ToDictionary(
            pair => pair.Key,
            pair => zones.Count(zone => zone == pair.Key) - Math.Max(pair.Value * zones.Count, least[pair.Key]),
            StringComparer.Ordinal);
        while (true)
        {
            var rich = shares.Keys.MaxBy(zone => surplus[zone])!;
            var poor = shares.Keys.MinBy(zone => surplus[zone])!;
            var (give, take) = (surplus[rich], -surplus[poor]);
            var last = zones.LastIndexOf(rich);
            if (give < 0.5 || take < 0.5 || (give < 1 && take < 1) || last < 0)
            {
                return zones;
            }

            zones[last] = poor;
            surplus[rich]--;
            surplus[poor]++;
        }
    }

    /// <summary>Ready nodes that work is meant for.</summary>
    private static bool IsCounted(Node node) => NodeHealth.IsReady(node)
        && !node.Metadata.Labels.ContainsKey("node-role.kubernetes.io/control-plane")
        && !node.Metadata.Labels.ContainsKey("node-role.kubernetes.io/master");
}
