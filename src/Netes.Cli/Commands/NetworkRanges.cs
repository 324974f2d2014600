using System.Net;
using System.Net.Sockets;
using Netes.Cli.Machine;

namespace Netes.Cli.Commands;

/// <summary>
/// The value of a flag that takes one range of addresses, or one of each family.
/// Source: cmd/kube-apiserver/app/options/validation.go, cmd/kube-controller-manager/app/core.go.
/// </summary>
internal static class NetworkRanges
{
    /// <summary>Each node gets a /64 of it, and there are at most 65,536 parts.</summary>
    public static readonly (int Shortest, int Longest) OfPods = (48, 64);

    /// <summary>More addresses than an allocator takes, and too few for it.</summary>
    public static readonly (int Shortest, int Longest) OfServices = (64, 124);

    /// <exception cref="ToolException">What is wrong with it.</exception>
    public static (IPNetwork First, IPNetwork? Second) Parse(
        string flag, string text, (int Shortest, int Longest) prefixOfIPv6)
    {
        var parts = text.Split(',');
        if (parts.Length > 2)
        {
            throw new ToolException($"{flag} must not hold more than two values");
        }

        var ranges = parts.Select(part => IPNetwork.TryParse(part, out var range)
            ? range
            : throw new ToolException($"{flag}: \"{part}\" is not a range of addresses")).ToList();
        if (IsIPv6(ranges[0]))
        {
            throw new ToolException(
                $"{flag}: \"{parts[0]}\": the first range must be of IPv4, as the nodes' network is");
        }

        if (ranges.Count == 1)
        {
            return (ranges[0], null);
        }

        if (!IsIPv6(ranges[1]))
        {
            throw new ToolException($"{flag}[0] and {flag}[1] must be of different IP family");
        }

        var (shortest, longest) = prefixOfIPv6;
        return ranges[1].PrefixLength >= shortest && ranges[1].PrefixLength <= longest
            ? (ranges[0], ranges[1])
            : throw new ToolException(
                $"{flag}: \"{parts[1]}\": a prefix from /{shortest} to /{longest} is expected of IPv6");
    }

    private static bool IsIPv6(IPNetwork range) => range.BaseAddress.AddressFamily == AddressFamily.InterNetworkV6;
}
