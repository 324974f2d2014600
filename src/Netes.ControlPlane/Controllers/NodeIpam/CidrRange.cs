using System.Net;
using System.Net.Sockets;

namespace Netes.ControlPlane;

/// <summary>
/// A range of addresses cut into equal parts, and which of them are taken.
/// Source: pkg/controller/nodeipam/ipam/cidrset/cidr_set.go.
/// </summary>
internal sealed class CidrRange
{
    /// <summary>As many bits may tell the parts of a range of IPv6 apart.</summary>
    private const int MaxPartBitsIPv6 = 16;

    // What indexes can count.
    private const int MaxPartBits = 30;

    private readonly IPNetwork _range;
    private readonly int _partLength;
    private readonly CidrMetrics? _metrics;
    private readonly HashSet<int> _taken = [];
    private int _next;

    /// <exception cref="ArgumentException">The parts are larger than the range, or there are too many.</exception>
    public CidrRange(string range, int partLength, CidrMetrics? metrics = null)
    {
        _range = IPNetwork.Parse(range);
        (_partLength, _metrics, Name) = (partLength, metrics, range);
        var bits = partLength - _range.PrefixLength;
        if (bits < 0 || bits > (IsIPv6 ? MaxPartBitsIPv6 : MaxPartBits))
        {
            throw new ArgumentException($"{range} cannot be cut into parts of /{partLength}", nameof(partLength));
        }

        Count = 1 << bits;
    }

    /// <summary>The range itself.</summary>
    public string Name { get; }

    public int Count { get; }

    public int Taken => _taken.Count;

    public bool IsIPv6 => _range.BaseAddress.AddressFamily == AddressFamily.InterNetworkV6;

    /// <summary>
    /// Marks all parts that have addresses of a network; false: it has none of this range, or all were taken.
    /// </summary>
    public bool Occupy(string network)
    {
        var (begin, end) = PartsOf(network);
        var before = _taken.Count;
        for (var index = begin; index <= end; index++)
        {
            if (_taken.Add(index))
            {
                _metrics?.Allocated(Name);
            }
        }

        return _taken.Count > before;
    }

    public void Release(string network)
    {
        var (begin, end) = PartsOf(network);
        for (var index = begin; index <= end; index++)
        {
            if (_taken.Remove(index))
            {
                _metrics?.Released(Name);
            }
        }
    }

    /// <summary>The next free part; null: there is none. Parts are not reused before all were used.</summary>
    public string? Allocate()
    {
        for (var tries = 0; tries < Count && _taken.Count < Count; tries++)
        {
            var index = (_next + tries) % Count;
            if (_taken.Add(index))
            {
                _next = (index + 1) % Count;
                _metrics?.Allocated(Name, tries);
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

    /// <summary>The first and the last part that a network touches; the last before the first: none.</summary>
    private (int Begin, int End) PartsOf(string text)
    {
        if (!IPNetwork.TryParse(text, out var network)
            || network.BaseAddress.AddressFamily != _range.BaseAddress.AddressFamily)
        {
            return (0, -1);
        }

        if (network.Contains(_range.BaseAddress) && network.PrefixLength <= _range.PrefixLength)
        {
            return (0, Count - 1);
        }

        if (!_range.Contains(network.BaseAddress))
        {
            return (0, -1);
        }

        // A smaller network takes the part it lies in, a larger one all from its first.
        var begin = Shift(network.BaseAddress.GetAddressBytes(), 0, add: false);
        return (begin, begin + (1 << Math.Max(0, _partLength - network.PrefixLength)) - 1);
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
