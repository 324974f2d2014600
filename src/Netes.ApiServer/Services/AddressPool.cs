using System.Buffers.Binary;
using System.Net;

namespace Netes.ApiServer.Services;

/// <summary>
/// The addresses of the service network and who holds them. The lower part is kept for those who ask for a certain
/// address, as KEP-3070 has it. Any thread.
/// </summary>
internal sealed class AddressPool
{
    private readonly Lock _lock = new();
    private readonly Dictionary<uint, string> _owners = [];
    private readonly uint _base;
    private readonly uint _size;
    private readonly uint _reserved;
    private uint _next;

    public AddressPool(IPNetwork network)
    {
        Network = network;
        _base = Number(network.BaseAddress);
        _size = (uint)Math.Min(1L << (32 - network.PrefixLength), 1 << 20);
        _reserved = Math.Min(Math.Max(16, _size / 16), 256);
        _reserved = _reserved >= _size - 2 ? 0 : _reserved;
        _next = _reserved;
    }

    public IPNetwork Network { get; }

    public bool Contains(IPAddress address) => Network.Contains(address) && IsUsable(Number(address) - _base);

    /// <summary>False when someone else holds it.</summary>
    public bool TryTake(IPAddress address, string owner)
    {
        if (!Contains(address))
        {
            return false;
        }

        lock (_lock)
        {
            var key = Number(address);
            return _owners.TryAdd(key, owner) || _owners[key] == owner;
        }
    }

    /// <summary>A free address, or null when there is none.</summary>
    public IPAddress? Next(string owner)
    {
        lock (_lock)
        {
            var upper = _size - _reserved;
            for (uint i = 0; i < upper; i++)
            {
                var offset = _reserved + ((_next - _reserved + i) % upper);
                if (IsUsable(offset) && _owners.TryAdd(_base + offset, owner))
                {
                    _next = offset + 1 < _size ? offset + 1 : _reserved;
                    return Address(_base + offset);
                }
            }

            for (uint offset = 1; offset < _reserved; offset++)
            {
                if (_owners.TryAdd(_base + offset, owner))
                {
                    return Address(_base + offset);
                }
            }

            return null;
        }
    }

    public void Release(IPAddress address, string owner)
    {
        lock (_lock)
        {
            var key = Contains(address) ? Number(address) : 0;
            if (_owners.TryGetValue(key, out var holder) && holder == owner)
            {
                _owners.Remove(key);
            }
        }
    }

    // Neither the network's own address nor its broadcast.
    private bool IsUsable(uint offset) => offset > 0 && offset < _size - 1;

    private static uint Number(IPAddress address) =>
        address.AddressFamily == System.Net.Sockets.AddressFamily.InterNetwork
            ? BinaryPrimitives.ReadUInt32BigEndian(address.GetAddressBytes())
            : 0;

    private static IPAddress Address(uint number)
    {
        Span<byte> bytes = stackalloc byte[4];
        BinaryPrimitives.WriteUInt32BigEndian(bytes, number);
        return new(bytes);
    }
}
