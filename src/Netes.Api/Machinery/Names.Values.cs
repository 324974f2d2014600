using System.Globalization;
using System.Net;
using System.Net.Sockets;

namespace Netes.Api;

/// <summary>The grammars of small values. Source: apimachinery pkg/util/validation/validation.go and ip.go.</summary>
public static partial class Names
{
    internal const string InvalidIP = "must be a valid IP address, (e.g. 10.9.8.7 or 2001:db8::ffff)";
    internal const string InvalidCidr = "must be a valid CIDR value, (e.g. 10.9.8.0/24 or 2001:db8::/64)";

    public static IReadOnlyList<string> PortNumber(int port) => InRange(port, 1, 65535);

    public static IReadOnlyList<string> InRange(long value, long low, long high) =>
        value >= low && value <= high ? [] : [Range(low, high)];

    /// <summary>A name of a port (IANA service name). Source: IsValidPortName.</summary>
    public static IReadOnlyList<string> PortName(string name)
    {
        var errors = TooLong(name, 15);
        if (name.Length == 0 || name.AsSpan().ContainsAnyExcept(LowerDash))
        {
            errors.Add("must contain only alpha-numeric characters (a-z, 0-9), and hyphens (-)");
        }

        if (!name.AsSpan().ContainsAnyInRange('a', 'z'))
        {
            errors.Add("must contain at least one letter (a-z)");
        }

        if (name.Contains("--", StringComparison.Ordinal))
        {
            errors.Add("must not contain consecutive hyphens");
        }

        if (name.StartsWith('-') || name.EndsWith('-'))
        {
            errors.Add("must not begin or end with a hyphen");
        }

        return errors;
    }

    public static IReadOnlyList<string> Percent(string text) =>
        text.Length > 1 && text.EndsWith('%') && !text.AsSpan(0, text.Length - 1).ContainsAnyExceptInRange('0', '9')
            ? []
            : [Pattern(
                "a valid percent string must be a numeric string followed by an ending '%'", "[0-9]+%", "1%", "93%")];

    public static IReadOnlyList<string> HttpHeaderName(string name) =>
        name.Length > 0 && name.All(static c => char.IsAsciiLetterOrDigit(c) || c == '-')
            ? []
            : [Pattern(
                "a valid HTTP header must consist of alphanumeric characters or '-'", "[-A-Za-z0-9]+",
                    "X-Header-Name")];

    /// <summary>A name of an environment variable: printable ASCII without '='. Source: IsRelaxedEnvVarName.</summary>
    public static IReadOnlyList<string> EnvVarName(string name)
    {
        var isClean = !name.AsSpan().ContainsAnyExceptInRange(' ', '~')
            && !name.Contains('=', StringComparison.Ordinal);
        if (isClean && name.Length > 0)
        {
            return [];
        }

        List<string> errors = [];
        if (name.Length == 0)
        {
            errors.Add($"environment variable name {Empty}");
        }

        if (!isClean)
        {
            errors.Add(
                "a valid environment variable name must consist only of printable ASCII characters other than '='");
        }

        return errors;
    }

    /// <summary>A key of a ConfigMap or Secret: it becomes a file name. Source: IsConfigMapKey.</summary>
    public static IReadOnlyList<string> ConfigMapKey(string key)
    {
        var errors = TooLong(key, SubdomainLength);
        if (key.Length == 0 || key.AsSpan().ContainsAnyExcept(QualifiedCharacters))
        {
            errors.Add(Pattern("a valid config key must consist of alphanumeric characters, '-', '_' or '.'",
                "[-._a-zA-Z0-9]+", "key.name", "KEY_NAME", "key-name"));
        }

        if (key == ".")
        {
            errors.Add("must not be '.'");
        }
        else if (key == "..")
        {
            errors.Add("must not be '..'");
        }
        else if (key.StartsWith("..", StringComparison.Ordinal))
        {
            errors.Add("must not start with '..'");
        }

        return errors;
    }

    /// <summary>Parses an address as Kubernetes takes it: four decimal parts, or IPv6 without a zone.</summary>
    public static bool TryParseIP(string text, out IPAddress address)
    {
        address = IPAddress.None;
        if (text.Contains(':', StringComparison.Ordinal))
        {
            return !text.Contains('%', StringComparison.Ordinal) && !text.Contains('[', StringComparison.Ordinal)
                && IPAddress.TryParse(text, out address!) && address.AddressFamily == AddressFamily.InterNetworkV6;
        }

        var parts = text.Split('.');
        Span<byte> bytes = stackalloc byte[4];
        for (var i = 0; i < 4; i++)
        {
            if (parts.Length != 4 || (parts[i].Length > 1 && parts[i][0] == '0')
                || !byte.TryParse(parts[i], NumberStyles.None, CultureInfo.InvariantCulture, out bytes[i]))
            {
                return false;
            }
        }

        address = new IPAddress(bytes);
        return true;
    }

    public static bool TryParseCidr(string text, out IPAddress address, out int prefixLength)
    {
        prefixLength = 0;
        address = IPAddress.None;
        var slash = text.IndexOf('/', StringComparison.Ordinal);
        return slash > 0 && TryParseIP(text[..slash], out address)
            && text.Length - slash is > 1 and < 5 && (text[slash + 1] != '0' || text.Length == slash + 2)
            && int.TryParse(text.AsSpan(slash + 1), NumberStyles.None, CultureInfo.InvariantCulture, out prefixLength)
            && prefixLength <= address.GetAddressBytes().Length * 8;
    }

    public static IReadOnlyList<string> IP(string text) => TryParseIP(text, out _) ? [] : [InvalidIP];

    public static IReadOnlyList<string> Cidr(string text) => TryParseCidr(text, out _, out _) ? [] : [InvalidCidr];
}
