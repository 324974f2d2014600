using System.Globalization;
using Netes.Api;

namespace Netes.ApiServer.Streaming;

/// <summary>The status line and headers of an HTTP/1.1 answer.</summary>
internal sealed record ResponseHead(int StatusCode, IReadOnlyList<KeyValuePair<string, string>> Headers)
{
    public string this[string name] => Headers
        .FirstOrDefault(header => header.Key.Equals(name, StringComparison.OrdinalIgnoreCase)).Value ?? "";

    public static ResponseHead Parse(string head)
    {
        var lines = head.Split("\r\n");
        var words = lines[0].Split(' ', 3);
        if (words.Length < 2 || !words[0].StartsWith("HTTP/1.", StringComparison.Ordinal)
            || !int.TryParse(words[1], NumberStyles.None, CultureInfo.InvariantCulture, out var code))
        {
            throw ApiErrors.Internal("error dialing backend: the answer to the upgrade was not understood");
        }

        var headers = new List<KeyValuePair<string, string>>();
        foreach (var line in lines.Skip(1))
        {
            var colon = line.IndexOf(':', StringComparison.Ordinal);
            if (colon > 0)
            {
                headers.Add(new(line[..colon], line[(colon + 1)..].Trim()));
            }
        }

        return new(code, headers);
    }
}
