using System.Net;
using System.Net.Sockets;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json;

namespace Netes.Cli.Clusters.Networks;

/// <summary>Chooses the /24 in which a cluster's nodes live, away from all that the machine reaches already.</summary>
internal static class NodeSubnets
{
    private static readonly IPNetwork DefaultRoute = IPNetwork.Parse("0.0.0.0/0");

    /// <summary>
    /// The first free one of 172.30.0.0/16, then of 172.31.0.0/16. Where the search starts comes from the cluster's
    /// name, so that two creations at the same moment rarely want the same. Null when all are taken.
    /// </summary>
    public static IPNetwork? Choose(string cluster, IReadOnlyCollection<IPNetwork> taken)
    {
        var start = SHA256.HashData(Encoding.UTF8.GetBytes(cluster))[0];
        return Enumerable.Range(0, 512)
            .Select(i => new IPNetwork(new IPAddress([172, (byte)(30 + i / 256), (byte)(start + i), 0]), 24))
            .Cast<IPNetwork?>()
            .FirstOrDefault(candidate => !taken.Any(other => Overlap(candidate!.Value, other)));
    }

    public static bool Overlap(IPNetwork one, IPNetwork other) =>
        one.Contains(other.BaseAddress) || other.Contains(one.BaseAddress);

    /// <summary>
    /// Destinations in the output of "ip -j -4 route show table all"; the default route takes nothing.
    /// </summary>
    public static IReadOnlyList<IPNetwork> ParseRoutes(string json)
    {
        using var document = JsonDocument.Parse(json.Trim().Length == 0 ? "[]" : json);
        return
        [
            .. document.RootElement.EnumerateArray()
                .Select(route => route.TryGetProperty("dst", out var to) ? ParseDestination(to.GetString()) : null)
                .OfType<IPNetwork>(),
        ];
    }

    private static IPNetwork? ParseDestination(string? text) => text switch
    {
        null or "default" => null,
        _ when text.Contains('/') =>
            IPNetwork.TryParse(text, out var network) && network != DefaultRoute ? network : null,
        _ => IPAddress.TryParse(text, out var address) && address.AddressFamily == AddressFamily.InterNetwork
            ? new IPNetwork(address, 32)
            : null,
    };
}
