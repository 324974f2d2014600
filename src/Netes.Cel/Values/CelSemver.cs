using System.Globalization;

namespace Netes.Cel;

/// <summary>A semantic version; builds are not compared. Source: semver.org 2.0.0; apiserver
/// pkg/cel/semver.go.</summary>
public sealed class CelSemver : CelValue
{
    private readonly string[] _prerelease;
    private readonly string _text;

    private CelSemver(ulong major, ulong minor, ulong patch, string[] prerelease, string text)
    {
        (Major, Minor, Patch) = (major, minor, patch);
        _prerelease = prerelease;
        _text = text;
    }

    public ulong Major { get; }

    public ulong Minor { get; }

    public ulong Patch { get; }

    public override CelType Type => CelType.Semver;

    /// <summary>The version, or in <paramref name="error"/> why the text is none.</summary>
    public static CelSemver? Parse(string text, out string error)
    {
        error = text.Length == 0 ? "Version string empty" : "";
        if (error.Length > 0)
        {
            return null;
        }

        var plus = text.IndexOf('+');
        var build = plus < 0 ? null : text[(plus + 1)..];
        var core = plus < 0 ? text : text[..plus];
        var parts = core.Split('.', 3);
        if (parts.Length < 3)
        {
            error = "No Major.Minor.Patch elements found";
            return null;
        }

        var dash = parts[2].IndexOf('-');
        var prerelease = dash < 0 ? null : parts[2][(dash + 1)..];
        parts[2] = dash < 0 ? parts[2] : parts[2][..dash];
        Span<ulong> numbers = stackalloc ulong[3];
        string[] names = ["major", "minor", "patch"];
        for (var i = 0; i < 3; i++)
        {
            error = Number(parts[i], names[i], out numbers[i]);
            if (error.Length > 0)
            {
                return null;
            }
        }

        var pre = prerelease?.Split('.') ?? [];
        error = pre.Select(Prerelease).Concat((build?.Split('.') ?? []).Select(Build))
            .FirstOrDefault(found => found.Length > 0) ?? "";
        return error.Length > 0 ? null : new CelSemver(numbers[0], numbers[1], numbers[2], pre, text);
    }

    /// <summary>Also takes a leading v, one or two numbers, and leading zeros.
    /// Source: apiserver pkg/cel/library/semverlib.go, normalizeAndParse.</summary>
    internal static CelSemver? ParseNormalized(string text, out string error)
    {
        var parts = (text.StartsWith('v') ? text[1..] : text).Split('.', 3);
        for (var i = 0; i < parts.Length; i++)
        {
            var trimmed = parts[i].TrimStart('0');
            parts[i] = parts[i].Length <= 1 ? parts[i]
                : trimmed.Length == 0 || !char.IsAsciiDigit(trimmed[0]) ? "0" + trimmed : trimmed;
        }

        if (parts.Length < 3 && parts[^1].AsSpan().ContainsAny("+-"))
        {
            error = "short version cannot contain PreRelease/Build meta data";
            return null;
        }

        return Parse(string.Join('.', parts.Concat(Enumerable.Repeat("0", 3 - parts.Length))), out error);
    }

    public int CompareTo(CelSemver other)
    {
        var order = (Major, Minor, Patch).CompareTo((other.Major, other.Minor, other.Patch));
        if (order != 0)
        {
            return Math.Sign(order);
        }

        // A version without a prerelease is above all that have one.
        if (_prerelease.Length == 0 || other._prerelease.Length == 0)
        {
            return (_prerelease.Length == 0 ? 1 : 0) - (other._prerelease.Length == 0 ? 1 : 0);
        }

        for (var i = 0; i < Math.Min(_prerelease.Length, other._prerelease.Length); i++)
        {
            order = ComparePart(_prerelease[i], other._prerelease[i]);
            if (order != 0)
            {
                return order;
            }
        }

        return Math.Sign(_prerelease.Length - other._prerelease.Length);
    }

    public override bool Equals(CelValue? other) => other is CelSemver x && CompareTo(x) == 0;

    public override int GetHashCode() => HashCode.Combine(Major, Minor, Patch, _prerelease.Length);

    public override string ToString() => _text;

    private static int ComparePart(string a, string b)
    {
        var (x, y) = (a.ContainsOnlyDigits(), b.ContainsOnlyDigits());
        if (x != y)
        {
            return x ? -1 : 1;
        }

        var order = x && a.Length != b.Length ? a.Length.CompareTo(b.Length) : string.CompareOrdinal(a, b);
        return Math.Sign(order);
    }

    private static string Number(string text, string name, out ulong value)
    {
        value = 0;
        return text.Length == 0 || !text.ContainsOnlyDigits()
                ? $"Invalid character(s) found in {name} number \"{text}\""
            : text.Length > 1 && text[0] == '0' ? $"{char.ToUpperInvariant(name[0])}{name[1..]} number must not contain leading zeroes \"{text}\""
            : ulong.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out value) ? ""
            : $"strconv.ParseUint: parsing \"{text}\": value out of range";
    }

    private static string Prerelease(string part) => part.Length == 0 ? "Prerelease is empty"
        : part.ContainsOnlyDigits()
            ? part.Length > 1 && part[0] == '0'
                ? $"Numeric PreRelease version must not contain leading zeroes \"{part}\"" : ""
        : part.All(IsAllowed) ? "" : $"Invalid character(s) found in prerelease \"{part}\"";

    private static string Build(string part) => part.Length == 0 ? "Build meta data is empty"
        : part.All(IsAllowed) ? "" : $"Invalid character(s) found in build meta data \"{part}\"";

    private static bool IsAllowed(char c) => char.IsAsciiLetterOrDigit(c) || c == '-';
}
