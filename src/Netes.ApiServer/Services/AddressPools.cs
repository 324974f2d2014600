using System.Net;
using Netes.Api;
using Netes.Api.Core;
using Netes.Api.Networking;
using Netes.Api.Telemetry;

namespace Netes.ApiServer.Services;

using Address = System.Net.IPAddress;

/// <summary>
/// The addresses of all networks of services, and who holds them. Networks may overlap; an address is held once,
/// whatever network it came from. Any thread.
/// Source: pkg/registry/core/service/ipallocator/cidrallocator.go (KEP-1880).
/// </summary>
internal sealed class AddressPools
{
    /// <summary>The network that the server was started with.</summary>
    public const string Default = "kubernetes";

    private readonly Lock _lock = new();
    private readonly Dictionary<Address, string> _owners = [];

    // The default one comes first, so that a cluster uses what it was made with before what was added.
    private readonly SortedDictionary<string, PooledNetwork> _networks = new(Comparer<string>.Create(
        static (one, other) => one == other ? 0
            : one == Default ? -1
            : other == Default ? 1
            : string.CompareOrdinal(one, other)));

    private readonly AllocatorMetrics _metrics;

    /// <param name="networks">The default network, until its object is seen.</param>
    /// <param name="metrics">Where to count; null: nowhere.</param>
    public AddressPools(IEnumerable<IPNetwork> networks, MetricRegistry? metrics = null)
    {
        Set(Default, networks.Select(static network => network.ToString()).ToValueList(), isReady: true);
        _metrics = AllocatorMetrics.OfAddresses(metrics, Read);
    }

    /// <summary>A ServiceCIDR came, changed or went.</summary>
    public void Follow(ServiceCIDR? old, ServiceCIDR? next)
    {
        lock (_lock)
        {
            if (next is not null)
            {
                Set(next.Metadata.Name, next.Spec.CIDRs, IsReady(next));
            }
            else if (old is not null)
            {
                _networks.Remove(old.Metadata.Name);
            }
        }
    }

    /// <summary>Null: taken; else why not, in Kubernetes' words.</summary>
    public string? TryTake(Address address, string owner)
    {
        lock (_lock)
        {
            if (Ready().FirstOrDefault(range => range.Contains(address)) is not { } range)
            {
                return "the provided network does not match the current range";
            }

            if (_owners.TryGetValue(address, out var holder) && holder == owner)
            {
                return null;
            }

            var isTaken = _owners.TryAdd(address, owner);
            _metrics.Count(isTaken, wasAskedFor: true, range.Network.ToString());
            return isTaken ? null : "provided IP is already allocated";
        }
    }

    /// <summary>A free address, or null when there is none.</summary>
    public Address? Next(string family, string owner)
    {
        lock (_lock)
        {
            foreach (var range in Ready().Where(range => range.IsIPv6 == (family == IPFamily.IPv6)))
            {
                var next = range.Next(address => _owners.TryAdd(address, owner));
                _metrics.Count(next is not null, wasAskedFor: false, range.Network.ToString());
                if (next is not null)
                {
                    return next;
                }
            }

            return null;
        }
    }

    /// <summary>Somebody has it already, wherever it is. False: somebody else does.</summary>
    public bool Hold(Address address, string owner)
    {
        lock (_lock)
        {
            return TryHold(address, owner);
        }
    }

    public void Release(Address address, string owner)
    {
        lock (_lock)
        {
            if (_owners.TryGetValue(address, out var holder) && holder == owner)
            {
                _owners.Remove(address);
            }
        }
    }

    private List<(string Network, int Held, double Size)> Read()
    {
        lock (_lock)
        {
            return [.. _networks.Values.SelectMany(static network => network.Ranges)
                .DistinctBy(static range => range.Network)
                .Select(range => (range.Network.ToString(), _owners.Keys.Count(range.Contains), range.Size))];
        }
    }

    // Without a condition: nobody runs who would set it. Source: isReady.
    private static bool IsReady(ServiceCIDR network) =>
        network.Metadata.DeletionTimestamp is null
        && network.Status.Conditions.FirstOrDefault(static condition => condition.Type == "Ready") is null
            or { Status: ConditionStatus.True };

    private bool TryHold(Address address, string owner) =>
        _owners.TryAdd(address, owner) || _owners[address] == owner;

    private IEnumerable<AddressRange> Ready() => _networks.Values
        .Where(static network => network.IsReady).SelectMany(static network => network.Ranges);

    private void Set(string name, ValueList<string> cidrs, bool isReady) =>
        _networks[name] = _networks.TryGetValue(name, out var known) && known.Cidrs == cidrs
            ? known with { IsReady = isReady }
            : new(cidrs, [.. cidrs.Select(AddressRange.Parse).OfType<AddressRange>()], isReady);

    private sealed record PooledNetwork(ValueList<string> Cidrs, AddressRange[] Ranges, bool IsReady);
}
