using System.Net;
using Netes.Api;
using Netes.Api.Core;
using Netes.Api.Networking;

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

    /// <summary>The default network, until its object is seen.</summary>
    public AddressPools(IEnumerable<IPNetwork> networks) =>
        Set(Default, networks.Select(static network => network.ToString()).ToValueList(), isReady: true);

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
            return !Ready().Any(range => range.Contains(address))
                ? "the provided network does not match the current range"
                : TryHold(address, owner) ? null : "provided IP is already allocated";
        }
    }

    /// <summary>A free address, or null when there is none.</summary>
    public Address? Next(string family, string owner)
    {
        lock (_lock)
        {
            return Ready().Where(range => range.IsIPv6 == (family == IPFamily.IPv6))
                .Select(range => range.Next(address => _owners.TryAdd(address, owner)))
                .FirstOrDefault(static address => address is not null);
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
