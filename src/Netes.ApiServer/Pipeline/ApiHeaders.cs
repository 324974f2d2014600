namespace Netes.ApiServer;

/// <summary>Headers of a request or an answer: names are case-insensitive, a name may have several values.</summary>
public sealed class ApiHeaders
{
    private readonly List<KeyValuePair<string, string>> _all = [];

    public static ApiHeaders Empty => new();

    /// <summary>Every header in the order given.</summary>
    public IReadOnlyList<KeyValuePair<string, string>> All => _all;

    /// <summary>The first value of a name; empty when there is none.</summary>
    public string this[string name]
    {
        get
        {
            foreach (var (candidate, value) in _all)
            {
                if (string.Equals(candidate, name, StringComparison.OrdinalIgnoreCase))
                {
                    return value;
                }
            }

            return "";
        }
    }

    public ApiHeaders Add(string name, string value)
    {
        _all.Add(new(name, value));
        return this;
    }

    public bool Contains(string name) => Values(name).Any();

    /// <summary>Every value of a name, in order.</summary>
    public IEnumerable<string> Values(string name) => _all
        .Where(header => string.Equals(header.Key, name, StringComparison.OrdinalIgnoreCase))
        .Select(header => header.Value);
}
