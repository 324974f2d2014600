using System.Collections.Concurrent;
using System.Text.Json;

namespace Netes.Soak;

/// <summary>
/// What the clients know: each key's last acknowledged state, and the one request on it whose answer never came. It is
/// held in another process than the server's, and each key has one writer, so it can be compared with what is there.
/// </summary>
internal sealed class Ledger
{
    private readonly ConcurrentDictionary<string, KeyState> _keys = new(StringComparer.Ordinal);
    private readonly ConcurrentDictionary<long, string> _revisions = new();
    private long _highest;

    public int Acknowledged => _revisions.Count;

    public long HighestRevision => Interlocked.Read(ref _highest);

    public IEnumerable<long> Revisions => _revisions.Keys;

    public KeyState Of(string key) => _keys.GetValueOrDefault(key, KeyState.Absent);

    public void Begins(string key, string? value) => _keys[key] = Of(key) with { IsPending = true, Pending = value };

    /// <summary>The server has answered that the write is done; a deletion's answer has no revision.</summary>
    public void Acknowledges(string key, string? value, long revision)
    {
        if (revision > 0)
        {
            Invariant(_revisions.TryAdd(revision, key), $"revision {revision} was given twice, now to {key}");
            for (long seen; revision > (seen = HighestRevision);)
            {
                Interlocked.CompareExchange(ref _highest, revision, seen);
            }
        }

        _keys[key] = new KeyState(value, revision, IsPending: false, Pending: null);
    }

    /// <summary>Refused for certain: nothing has happened.</summary>
    public void Refuses(string key) => _keys[key] = Of(key) with { IsPending = false, Pending = null };

    /// <summary>
    /// Everything acknowledged is in the list, and nothing that nobody wrote; then what is there counts.
    /// </summary>
    public void Compare(byte[] list)
    {
        using JsonDocument json = JsonDocument.Parse(list);
        long at = long.Parse(
            json.RootElement.GetProperty("metadata").GetProperty("resourceVersion").GetString()!,
            System.Globalization.CultureInfo.InvariantCulture);
        Invariant(at >= HighestRevision, $"the revision went back: {at}, acknowledged was {HighestRevision}");
        Dictionary<string, (string Value, long Revision)> found = Read(json.RootElement);
        foreach ((string key, KeyState known) in _keys)
        {
            (string Value, long Revision)? there = found.TryGetValue(key, out var item) ? item : null;
            bool isAsKnown = there is null
                ? known.Value is null
                : there.Value.Value == known.Value
                    && (known.Revision == there.Value.Revision || known.Revision == 0);
            bool isAsAsked = known.IsPending && (there is null
                ? known.Pending is null
                : there.Value.Value == known.Pending && there.Value.Revision > known.Revision);
            Invariant(
                isAsKnown || isAsAsked,
                $"{key}: acknowledged {Show(known.Value)} at {known.Revision}, "
                + $"there is {Show(there?.Value)} at {there?.Revision}");
            _keys[key] = new KeyState(there?.Value, there?.Revision ?? 0, IsPending: false, Pending: null);
        }

        foreach (string key in found.Keys)
        {
            Invariant(_keys.ContainsKey(key), $"{key} is there, and nobody wrote it");
        }
    }

    public static void Invariant(bool holds, string what)
    {
        if (!holds)
        {
            throw new ViolationException(what);
        }
    }

    private static Dictionary<string, (string Value, long Revision)> Read(JsonElement list)
    {
        var found = new Dictionary<string, (string, long)>(StringComparer.Ordinal);
        foreach (JsonElement item in list.GetProperty("items").EnumerateArray())
        {
            JsonElement metadata = item.GetProperty("metadata");
            string name = metadata.GetProperty("name").GetString()!;
            if (name.StartsWith(Writers.Prefix, StringComparison.Ordinal))
            {
                found[name] = (item.GetProperty("data").GetProperty("k").GetString()!, long.Parse(
                    metadata.GetProperty("resourceVersion").GetString()!,
                    System.Globalization.CultureInfo.InvariantCulture));
            }
        }

        return found;
    }

    private static string Show(string? value) => value is null ? "nothing" : value[..Math.Min(value.Length, 24)];
}

/// <param name="Value">Null: it is not there.</param>
/// <param name="Revision">0 where it is not known.</param>
/// <param name="IsPending">A request has been sent, and no answer has come.</param>
/// <param name="Pending">What it asked for; null: a deletion.</param>
internal sealed record KeyState(string? Value, long Revision, bool IsPending, string? Pending)
{
    public static KeyState Absent { get; } = new(null, 0, IsPending: false, Pending: null);
}

/// <summary>A promise was broken.</summary>
internal sealed class ViolationException(string message) : Exception(message);
