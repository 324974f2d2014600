using Netes.Api;
using Netes.Api.Core;

namespace Netes.ControlPlane;

/// <summary>
/// Subsets as few as they can be: ports that have the same addresses stand together, each address once per port.
/// Pure. Source: pkg/api/v1/endpoints/util.go, RepackSubsets.
/// </summary>
internal static class EndpointSubsets
{
    // Stands for subsets that name no port.
    private static readonly EndpointPort NoPort = new() { Port = -1 };

    /// <summary>The same, repacked. Of an address that is named twice for a port the later word counts; ports stand in
    /// the order in which they were met first.</summary>
    public static ValueList<EndpointSubset> Repack(IEnumerable<EndpointSubset> subsets)
    {
        var addresses = new Dictionary<AddressKey, EndpointAddress>();
        var ports = new List<(EndpointPort Port, SortedDictionary<AddressKey, bool> Ready)>();
        foreach (var subset in subsets)
        {
            foreach (var port in subset.Ports.IsEmpty ? [NoPort] : subset.Ports)
            {
                var at = ports.FindIndex(entry => entry.Port == port);
                if (at < 0)
                {
                    at = ports.Count;
                    ports.Add((port, []));
                }

                Add(subset.Addresses, ports[at].Ready, true, addresses);
                Add(subset.NotReadyAddresses, ports[at].Ready, false, addresses);
            }
        }

        return ports.GroupBy(static entry => string.Join(' ', entry.Ready.Select(
                static pair => $"{pair.Key.IP}|{pair.Key.Uid}|{pair.Value}")))
            .Select(group => Subset(
                group.Select(static entry => entry.Port), group.First().Ready, addresses))
            .OrderBy(static subset => string.Join('|', subset.Ports.Select(Show)), StringComparer.Ordinal)
            .ToValueList();
    }

    private static void Add(
        ValueList<EndpointAddress> list, SortedDictionary<AddressKey, bool> readiness, bool ready,
        Dictionary<AddressKey, EndpointAddress> addresses)
    {
        foreach (var address in list)
        {
            var key = new AddressKey(address.IP, address.TargetRef?.Uid ?? "");
            addresses.TryAdd(key, address);
            readiness[key] = ready;
        }
    }

    private static EndpointSubset Subset(
        IEnumerable<EndpointPort> ports, SortedDictionary<AddressKey, bool> readiness,
        Dictionary<AddressKey, EndpointAddress> addresses) => new()
    {
        Addresses = readiness.Where(static pair => pair.Value).Select(pair => addresses[pair.Key]).ToValueList(),
        NotReadyAddresses = readiness.Where(static pair => !pair.Value).Select(pair => addresses[pair.Key])
            .ToValueList(),
        Ports = ports.Where(static port => port != NoPort).ToValueList(),
    };

    private static string Show(EndpointPort port) => $"{port.Name}/{port.Port}/{port.Protocol}/{port.AppProtocol}";

    private readonly record struct AddressKey(string IP, string Uid) : IComparable<AddressKey>
    {
        public int CompareTo(AddressKey other) => string.CompareOrdinal(IP, other.IP) is var order and not 0
            ? order
            : string.CompareOrdinal(Uid, other.Uid);
    }
}
