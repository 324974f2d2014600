using System.Net;

namespace Netes.ControlPlane;

/// <summary>
/// A range of addresses cut into equal parts, and which of them are taken.
/// Source: pkg/controller/nodeipam/ipam/cidrset/cidr_set.go.
/// </summary>
internal sealed class CidrRange
{
    private const int MaxPartBits = 16;

    private readonly IPNetwork _range;
    private readonly int _partLength;
    private readonly HashSet<int> _taken = [];
    private int _next;

    /// <exception cref="ArgumentException">The parts are larger than the range, or there are more than
    /// 65,536.</exception>
    public CidrRange(string range, int partLength)
    {
        _range = IPNetwork.Parse(range);
        _partLength = partLength;
        var bits = partLength - _range.PrefixLength;
        if (bits is < 0 or > MaxPartBits)
        {
            throw new ArgumentException($"{range} cannot be cut into parts of /{partLength}", nameof(partLength));
        }

        Count = 1 << bits;
    }

    public int Count { get; }

    public bool IsIPv6 => _range.BaseAddress.AddressFamily == System.Net.Sockets.AddressFamily.InterNetworkV6;

    /// <summary>Marks what a node has already; false: it is no part of this range, or taken.</summary>
    public bool Occupy(string part) => IndexOf(part) is { } index && _taken.Add(index);

    public void Release(string part)
    {
        if (IndexOf(part) is { } index)
        {
            _taken.Remove(index);
        }
    }

    /// <summary>The next free part; null: there is none. Parts are not reused before all were used.</summary>
    public string? Allocate()
    {
        for (var tries = 0; tries < Count; tries++)
        {
            var index = (_next + tries) % Count;
            if (_taken.Add(index))
            {
                _next = (index + 1) % Count;
                return Part(index);
            }
        }

        return null;
    }

    private string Part(int index)
    {
        var bytes = _range.BaseAddress.GetAddressBytes();
        Shift(bytes, index, add: true);
        return $"{new IPAddress(bytes)}/{_partLength}";
    }

    private int? IndexOf(string part)
    {
        if (!IPNetwork.TryParse(part, out var network) || network.PrefixLength != _partLength
            || !_range.Contains(network.BaseAddress))
        {
            return null;
        }

        return Shift(network.BaseAddress.GetAddressBytes(), 0, add: false);
    }

    /// <summary>Adds the index to the bits between the range's prefix and the part's, or reads them.</summary>
    private int Shift(byte[] bytes, int index, bool add)
    {
        var value = 0;
        for (var bit = _range.PrefixLength; bit < _partLength; bit++)
        {
            var mask = 0x80 >> (bit % 8);
            var place = _partLength - 1 - bit;
            if (add && (index >> place & 1) != 0)
            {
                bytes[bit / 8] |= (byte)mask;
            }

            value = (value << 1) | ((bytes[bit / 8] & mask) != 0 ? 1 : 0);
        }

        return value;
    }
}
