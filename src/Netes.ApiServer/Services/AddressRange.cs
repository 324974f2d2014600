using System.Buffers.Binary;
using System.Net;
using System.Net.Sockets;

namespace Netes.ApiServer.Services;

/// <summary>
/// The addresses of one network that services may have. The lower part is kept for those who ask for a certain
/// address (KEP-3070). Not safe for several threads.
/// Source: pkg/registry/core/service/ipallocator/ipallocator.go.
/// </summary>
internal sealed class AddressRange
{
    // A network of IPv6 that is larger has more addresses than anybody counts.
    private const int ShortestIPv6Prefix = 64;

    private readonly UInt128 _first;
    private readonly UInt128 _dynamic;
    private readonly UInt128 _last;
    private UInt128 _next;

    private AddressRange(IPNetwork network)
    {
        (Network, IsIPv6) = (network, network.BaseAddress.AddressFamily == AddressFamily.InterNetworkV6);
        var size = UInt128.One << ((IsIPv6 ? 128 : 32) - network.PrefixLength);
        var start = Number(network.BaseAddress);

        // Neither the network's own address nor, with IPv4, its broadcast.
        _first = start + 1;
        _last = start + size - (IsIPv6 ? UInt128.One : 2);
        _dynamic = _first + (size <= 16 ? 0 : UInt128.Clamp(size / 16, 16, 256));
        _next = _dynamic;
    }

    public IPNetwork Network { get; }

    public bool IsIPv6 { get; }

    /// <summary>How many addresses it has.</summary>
    public double Size => _first > _last ? 0 : (double)(_last - _first + 1);

    /// <summary>Null: it is no network, or one too large for services.</summary>
    public static AddressRange? Parse(string cidr) =>
        IPNetwork.TryParse(cidr, out var network)
        && (network.BaseAddress.AddressFamily == AddressFamily.InterNetwork
            || network.PrefixLength >= ShortestIPv6Prefix)
            ? new(network)
            : null;

    /// <summary>Somebody may have it. Source: PrefixContainsIP of pkg/api/servicecidr/servicecidr.go.</summary>
    public bool Contains(IPAddress address) =>
        Network.Contains(address) && Number(address) is var number && number >= _first && number <= _last;

    /// <summary>An address that <paramref name="tryTake"/> took; null: all are taken.</summary>
    public IPAddress? Next(Func<IPAddress, bool> tryTake)
    {
        if (_first > _last)
        {
            return null;
        }

        return Scan(_dynamic, _last, _next, tryTake) ?? Scan(_first, _dynamic - 1, _first, tryTake);
    }

    private IPAddress? Scan(UInt128 from, UInt128 to, UInt128 start, Func<IPAddress, bool> tryTake)
    {
        if (from > to)
        {
            return null;
        }

        var number = start >= from && start <= to ? start : from;
        for (UInt128 tries = 0, count = to - from + 1; tries < count; tries++)
        {
            var address = Address(number);
            number = number == to ? from : number + 1;
            if (tryTake(address))
            {
                _next = from == _dynamic ? number : _next;
                return address;
            }
        }

        return null;
    }

    private static UInt128 Number(IPAddress address)
    {
        Span<byte> bytes = stackalloc byte[16];
        address.TryWriteBytes(bytes, out var length);
        return length == 16
            ? BinaryPrimitives.ReadUInt128BigEndian(bytes)
            : BinaryPrimitives.ReadUInt32BigEndian(bytes);
    }

    private IPAddress Address(UInt128 number)
    {
        Span<byte> bytes = stackalloc byte[16];
        BinaryPrimitives.WriteUInt128BigEndian(bytes, number);
        return new(IsIPv6 ? bytes : bytes[12..]);
    }
}
