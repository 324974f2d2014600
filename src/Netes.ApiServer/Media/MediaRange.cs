using System.Globalization;

namespace Netes.ApiServer.Media;

/// <summary>One part of an Accept header, or a Content-Type. Source: RFC 9110, 8.3 and 12.5.1.</summary>
internal sealed record MediaRange(string Type, IReadOnlyDictionary<string, string> Parameters, double Quality)
{
    private const int MaxParts = 32;

    /// <summary>The value of a parameter; empty when absent.</summary>
    public string this[string parameter] => Parameters.TryGetValue(parameter, out var value) ? value : "";

    /// <summary>The parts of an Accept header, best first; parts that cannot be read are left out.</summary>
    public static IReadOnlyList<MediaRange> ParseAccept(string header) =>
    [
        .. header.Split(',', MaxParts, StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries)
            .Select(Parse)
            .OrderByDescending(static range => range.Quality),
    ];

    public static MediaRange Parse(string text)
    {
        var parts = text.Split(';', StringSplitOptions.TrimEntries);
        var parameters = new Dictionary<string, string>(StringComparer.OrdinalIgnoreCase);
        var quality = 1.0;
        foreach (var part in parts.Skip(1))
        {
            var equals = part.IndexOf('=', StringComparison.Ordinal);
            if (equals <= 0)
            {
                continue;
            }

            var (name, value) = (part[..equals].Trim(), part[(equals + 1)..].Trim().Trim('"'));
            if (name.Equals("q", StringComparison.OrdinalIgnoreCase))
            {
                quality = double.TryParse(value, NumberStyles.Float, CultureInfo.InvariantCulture, out var parsed)
                    ? parsed
                    : 0;
            }
            else
            {
                parameters[name] = value;
            }
        }

        return new(parts[0].ToLowerInvariant(), parameters, quality);
    }

    public bool Matches(string mediaType) =>
        Type == mediaType || Type == "*/*"
        || (Type == "application/*" && mediaType.StartsWith("application/", StringComparison.Ordinal));
}
