namespace Netes.ApiServer;

/// <summary>The query of a URL, decoded: names are case-sensitive, a name may have several values.</summary>
public sealed class ApiQuery
{
    private readonly List<KeyValuePair<string, string>> _all = [];

    private ApiQuery(string text) => Text = text;

    public static ApiQuery Empty { get; } = new("");

    /// <summary>The query as it was sent, without the question mark.</summary>
    public string Text { get; }

    public IReadOnlyList<KeyValuePair<string, string>> All => _all;

    /// <summary>The first value of a name; empty when it is absent.</summary>
    public string this[string name] => Find(name) ?? "";

    public static ApiQuery Parse(string text)
    {
        var trimmed = text.StartsWith('?') ? text[1..] : text;
        if (trimmed.Length == 0)
        {
            return Empty;
        }

        var query = new ApiQuery(trimmed);
        foreach (var part in trimmed.Split('&', StringSplitOptions.RemoveEmptyEntries))
        {
            var equals = part.IndexOf('=', StringComparison.Ordinal);
            var name = equals < 0 ? part : part[..equals];
            var value = equals < 0 ? "" : part[(equals + 1)..];
            query._all.Add(new(Decode(name), Decode(value)));
        }

        return query;
    }

    /// <summary>The first value of a name, or null when the name is absent.</summary>
    public string? Find(string name)
    {
        foreach (var (candidate, value) in _all)
        {
            if (string.Equals(candidate, name, StringComparison.Ordinal))
            {
                return value;
            }
        }

        return null;
    }

    /// <summary>
    /// A yes or a no; null when the name is absent: what is there and not false is true.
    /// Source: apimachinery pkg/runtime/conversion.go, Convert_Slice_string_To_bool.
    /// </summary>
    public bool? Flag(string name) => Find(name) switch
    {
        null => null,
        "0" or "false" or "False" or "FALSE" or "f" or "F" => false,
        _ => true,
    };

    public bool Contains(string name) => Find(name) is not null;

    public IEnumerable<string> Values(string name) =>
        _all.Where(pair => string.Equals(pair.Key, name, StringComparison.Ordinal)).Select(pair => pair.Value);

    private static string Decode(string text) => Uri.UnescapeDataString(text.Replace('+', ' '));
}
