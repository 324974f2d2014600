using System.Globalization;
using System.Net;

namespace Netes.Cel;

/// <summary>An IP address. Source: apiserver pkg/cel/ip.go.</summary>
internal sealed class CelIp(IPAddress value) : CelValue
{
    public IPAddress Value { get; } = value;

    public byte[] Bytes { get; } = value.GetAddressBytes();

    public override CelType Type => CelType.Ip;

    internal override long? Size => Bytes.Length;

    /// <summary>In <paramref name="error"/> why the text is none, in the words of Go and Kubernetes.</summary>
    public static CelIp? Parse(string text, out string error)
    {
        error = "";
        if (text.Contains('%', StringComparison.Ordinal) && text.Contains(':', StringComparison.Ordinal))
        {
            error = $"IP address \"{text}\" with zone value is not allowed";
            return null;
        }

        if (!IsWellFormed(text) || !IPAddress.TryParse(text, out var address))
        {
            error = $"IP Address \"{text}\" parse error during conversion from string: ParseAddr(\"{text}\"): unable to parse IP";
            return null;
        }

        if (address.IsIPv4MappedToIPv6)
        {
            error = $"IPv4-mapped IPv6 address \"{text}\" is not allowed";
            return null;
        }

        return new CelIp(address);
    }

    public override bool Equals(CelValue? other) => other is CelIp x && x.Value.Equals(Value);

    public override int GetHashCode() => Value.GetHashCode();

    public override string ToString() => Value.ToString();

    // .NET takes more forms than Go: "1", "0x7f.1", "[::1]", leading zeros.
    private static bool IsWellFormed(string text)
    {
        if (text.Contains(':', StringComparison.Ordinal))
        {
            return text[0] != '[' && text.All(c => char.IsAsciiHexDigit(c) || c is ':' or '.');
        }

        var parts = text.Split('.');
        return parts.Length == 4 && parts.All(part => part.Length is > 0 and <= 3 && part.ContainsOnlyDigits()
            && (part.Length == 1 || part[0] != '0'));
    }
}

/// <summary>A network with the address that it was written with. Source: apiserver pkg/cel/cidr.go.</summary>
internal sealed class CelCidr(CelIp address, int prefix) : CelValue
{
    public CelIp Address { get; } = address;

    public int Prefix { get; } = prefix;

    public override CelType Type => CelType.Cidr;

    internal override long? Size => (Prefix + 7) / 8;

    public static CelCidr? Parse(string text, out string error)
    {
        error = $"network address parse error during conversion from string: netip.ParsePrefix(\"{text}\"): no '/'";
        var slash = text.LastIndexOf('/');
        if (slash < 0)
        {
            return null;
        }

        var digits = text[(slash + 1)..];
        if (CelIp.Parse(text[..slash], out error) is not { } address)
        {
            error = error.Contains("parse error", StringComparison.Ordinal)
                ? $"network address parse error during conversion from string: netip.ParsePrefix(\"{text}\"): ParseAddr(\"{text[..slash]}\"): unable to parse IP"
                : error;
            return null;
        }

        var most = address.Bytes.Length * 8;
        if (digits.Length is 0 or > 3 || !digits.ContainsOnlyDigits() || (digits.Length > 1 && digits[0] == '0')
            || int.Parse(digits, CultureInfo.InvariantCulture) > most)
        {
            error = $"network address parse error during conversion from string: netip.ParsePrefix(\"{text}\"): bad bits after slash: \"{digits}\"";
            return null;
        }

        return new CelCidr(address, int.Parse(digits, CultureInfo.InvariantCulture));
    }

    public CelCidr Masked() => new(new CelIp(new IPAddress(Mask(Address.Bytes))), Prefix);

    public bool Contains(CelIp other) => other.Bytes.Length == Address.Bytes.Length
        && Mask(other.Bytes).AsSpan().SequenceEqual(Mask(Address.Bytes));

    public bool Contains(CelCidr other) => other.Prefix >= Prefix && Contains(other.Address);

    public override bool Equals(CelValue? other) => other is CelCidr x && x.Prefix == Prefix
        && x.Address.Equals(Address);

    public override int GetHashCode() => HashCode.Combine(Address.GetHashCode(), Prefix);

    public override string ToString() => $"{Address}/{Prefix}";

    private byte[] Mask(byte[] bytes)
    {
        var masked = new byte[bytes.Length];
        for (var i = 0; i < masked.Length; i++)
        {
            var bits = Math.Clamp(Prefix - i * 8, 0, 8);
            masked[i] = (byte)(bytes[i] & (0xFF << (8 - bits)));
        }

        return masked;
    }
}

/// <summary>A format with a name that a string may have. Source: apiserver pkg/cel/format.go.</summary>
internal sealed class CelFormat(string name, Func<string, IReadOnlyList<string>> validate) : CelValue
{
    public string Name { get; } = name;

    public Func<string, IReadOnlyList<string>> Validate { get; } = validate;

    public override CelType Type => CelType.NamedFormat;

    public override bool Equals(CelValue? other) => other is CelFormat x && x.Name == Name;

    public override int GetHashCode() => Name.GetHashCode(StringComparison.Ordinal);

    public override string ToString() => Name;
}
