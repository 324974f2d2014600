namespace Netes.Cel;

/// <summary>A URL in its parts. Source: apiserver pkg/cel/url.go; Go's url.ParseRequestURI.</summary>
internal sealed class CelUrl : CelValue
{
    private readonly string _text;

    private CelUrl(string text) => _text = text;

    public string Scheme { get; private init; } = "";

    /// <summary>With the port.</summary>
    public string Host { get; private init; } = "";

    public string Path { get; private init; } = "";

    public string Query { get; private init; } = "";

    public string Hostname => (PortColon < 0 ? Host : Host[..PortColon]).TrimStart('[').TrimEnd(']');

    public string Port => PortColon < 0 ? "" : Host[(PortColon + 1)..];

    public override CelType Type => CelType.Url;

    private int PortColon => Host.LastIndexOf(':') is var at && at > Host.LastIndexOf(']') ? at : -1;

    /// <summary>Null where the text is neither absolute nor a path.</summary>
    public static CelUrl? Parse(string text)
    {
        if (text.Length == 0 || text.Any(c => c is < ' ' or '\x7f') || !HasRightEscapes(text))
        {
            return null;
        }

        var colon = text.IndexOf(':', StringComparison.Ordinal);
        var scheme = colon > 0 && char.IsAsciiLetter(text[0])
            && text.AsSpan(0, colon).ToString().All(c => char.IsAsciiLetterOrDigit(c) || c is '+' or '-' or '.')
            ? text[..colon].ToLowerInvariant() : "";
        var rest = scheme.Length > 0 ? text[(colon + 1)..] : text;
        var question = rest.IndexOf('?', StringComparison.Ordinal);
        var query = question < 0 ? "" : rest[(question + 1)..];
        rest = question < 0 ? rest : rest[..question];
        if (!rest.StartsWith('/'))
        {
            // mailto:somebody has neither host nor path.
            return scheme.Length > 0 ? new CelUrl(text) { Scheme = scheme, Query = query } : null;
        }

        // As Go: without a scheme, //host/path is a path.
        if (scheme.Length == 0 || !rest.StartsWith("//", StringComparison.Ordinal))
        {
            return new CelUrl(text) { Scheme = scheme, Path = Escape(rest), Query = query };
        }

        var slash = rest.IndexOf('/', 2);
        var authority = slash < 0 ? rest[2..] : rest[2..slash];
        var host = authority[(authority.LastIndexOf('@') + 1)..];
        return IsHost(host)
            ? new CelUrl(text)
            {
                Scheme = scheme,
                Host = host,
                Path = Escape(slash < 0 ? "" : rest[slash..]),
                Query = query,
            }
            : null;
    }

    public override bool Equals(CelValue? other) => other is CelUrl x && x._text == _text;

    public override int GetHashCode() => _text.GetHashCode(StringComparison.Ordinal);

    public override string ToString() => _text;

    private static bool IsHost(string host)
    {
        if (host.StartsWith('['))
        {
            var end = host.IndexOf(']', StringComparison.Ordinal);
            return end > 0 && IsPort(host[(end + 1)..]);
        }

        var colon = host.LastIndexOf(':');
        return !host.AsSpan().ContainsAny(" \"<>^`{|}\\") && (colon < 0 || IsPort(host[colon..]));
    }

    private static bool IsPort(string text) => text.Length == 0
        || (text[0] == ':' && (text.Length == 1 || text[1..].ContainsOnlyDigits()));

    private static bool HasRightEscapes(string text)
    {
        for (var at = text.IndexOf('%', StringComparison.Ordinal); at >= 0; at = text.IndexOf('%', at + 1))
        {
            if (text.Length < at + 3 || !char.IsAsciiHexDigit(text[at + 1]) || !char.IsAsciiHexDigit(text[at + 2]))
            {
                return false;
            }
        }

        return true;
    }

    // What may stand in a path stays; the rest is percent-encoded.
    private static string Escape(string path) => string.Concat(Text.Split(path).Select(one =>
        one.Length == 1 && (char.IsAsciiLetterOrDigit(one[0])
            || "-_.~$&+,/:;=@!'()*[]%".Contains(one[0], StringComparison.Ordinal))
            ? one : Uri.EscapeDataString(one)));
}
