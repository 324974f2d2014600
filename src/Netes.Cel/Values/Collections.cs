using System.Text.Json;

namespace Netes.Cel;

/// <summary>A list. Elements may be made when asked for.</summary>
public abstract class CelList : CelValue
{
    internal const long MostWeight = 10_000_000;
    private const int MostCopied = 64;

    public override CelType Type => CelType.List(CelType.Dyn);

    public abstract int Count { get; }

    public abstract CelValue this[int index] { get; }

    internal override long? Size => Count;

    public override bool Equals(CelValue? other)
    {
        if (other is not CelList list || list.Count != Count)
        {
            return false;
        }

        return ReferenceEquals(this, list) && Weight > 1000 || Elements().SequenceEqual(list.Elements());
    }

    public override int GetHashCode() => Count + 5;

    public override string ToString() => $"[{string.Join(", ", Elements())}]";

    internal virtual IEnumerable<CelValue> Elements()
    {
        for (var i = 0; i < Count; i++)
        {
            yield return this[i];
        }
    }

    /// <summary>This, then the other. Growing the newest of a chain costs only what is added, so that a
    /// comprehension which collects n results costs n; long lists are joined without copying, since their joining
    /// costs one. Null: nobody needs so long a list.</summary>
    internal CelList? Concat(CelList other)
    {
        var weight = Weight + other.Weight - 1;
        if (weight > MostWeight)
        {
            return null;
        }

        if (other.Count > MostCopied)
        {
            return new CelJoinedList(this, other, weight);
        }

        if (this is CelListValue { Grown: { } grown } && grown.Count == Count)
        {
            grown.AddRange(other.Elements().ToList());
            return new CelListValue(grown, grown.Count, weight);
        }

        if (Count > MostCopied)
        {
            return new CelJoinedList(this, other, weight);
        }

        var both = new List<CelValue>(Count + other.Count);
        both.AddRange(Elements());
        both.AddRange(other.Elements());
        return new CelListValue(both, both.Count, weight);
    }
}

internal sealed class CelListValue : CelList
{
    private readonly IReadOnlyList<CelValue> _elements;

    public CelListValue(IReadOnlyList<CelValue> elements)
    {
        _elements = elements;
        Count = elements.Count;
    }

    public CelListValue(List<CelValue> grown, int count, long weight)
    {
        _elements = Grown = grown;
        Count = count;
        Weight = weight;
    }

    internal override long Weight { get; } = 1;

    // Only lists that an evaluation itself made grow in place: what callers gave is theirs.
    public List<CelValue>? Grown { get; }

    public override int Count { get; }

    public override CelValue this[int index] => _elements[index];
}

/// <summary>Two lists as one.</summary>
internal sealed class CelJoinedList(CelList first, CelList second, long weight) : CelList
{
    public override int Count { get; } = first.Count + second.Count;

    internal override long Weight => weight;

    public override CelValue this[int index]
    {
        get
        {
            CelList list = this;
            while (list is CelJoinedList joined)
            {
                var isFirst = index < joined.First.Count;
                index -= isFirst ? 0 : joined.First.Count;
                list = isFirst ? joined.First : joined.Second;
            }

            return list[index];
        }
    }

    private CelList First => first;

    private CelList Second => second;

    // Without recursion: a chain may be as long as an expression.
    internal override IEnumerable<CelValue> Elements()
    {
        var left = new Stack<CelList>([this]);
        while (left.TryPop(out var list))
        {
            if (list is CelJoinedList joined)
            {
                left.Push(joined.Second);
                left.Push(joined.First);
                continue;
            }

            for (var i = 0; i < list.Count; i++)
            {
                yield return list[i];
            }
        }
    }
}

/// <summary>A map, or an object. Subclass it to resolve entries when they are asked for; it must give the same
/// answer each time and may be read by several threads.</summary>
public abstract class CelMap : CelValue
{
    public override CelType Type => CelType.Map(CelType.Dyn, CelType.Dyn);

    public abstract int Count { get; }

    public abstract IEnumerable<CelValue> Keys { get; }

    internal override long? Size => Count;

    /// <summary>The entry's value; null where there is none.</summary>
    public abstract CelValue? Find(CelValue key);

    public override bool Equals(CelValue? other) => other is CelMap map && map.Count == Count
        && Keys.All(key => map.Find(key) is { } value && value.Equals(Find(key)));

    public override int GetHashCode() => HashCode.Combine(Count, 7);

    public override string ToString() =>
        $"{{{string.Join(", ", Keys.Select(key => $"{key}: {Find(key)}"))}}}";
}

internal sealed class CelStringMap(IReadOnlyDictionary<string, CelValue> entries) : CelMap
{
    public override int Count => entries.Count;

    public override IEnumerable<CelValue> Keys => entries.Keys.Select(Of);

    public override CelValue? Find(CelValue key) =>
        key is CelString text ? entries.GetValueOrDefault(text.Value) : null;
}

/// <summary>What a map literal makes; grows only while transformMap collects into it.</summary>
internal sealed class CelMapValue(Dictionary<CelValue, CelValue> entries) : CelMap
{
    private long _weight = 1 + entries.Values.Sum(static value => value.Weight);

    internal override long Weight => _weight;

    public override int Count => entries.Count;

    public override IEnumerable<CelValue> Keys => entries.Keys;

    public override CelValue? Find(CelValue key) => entries.GetValueOrDefault(key);

    public bool Insert(CelValue key, CelValue value)
    {
        _weight += value.Weight;
        return entries.TryAdd(key, value);
    }
}

/// <summary>A map that has an entry for every key: its own, or else the same one. DRA's
/// <c>device.attributes["unknown.example.com"]</c> is an empty map.
/// Source: dynamic-resource-allocation/cel/compile.go, mapper.</summary>
public sealed class CelMapWithDefault(CelMap entries, CelValue missing) : CelMap
{
    public override int Count => entries.Count;

    public override IEnumerable<CelValue> Keys => entries.Keys;

    public override CelValue? Find(CelValue key) => entries.Find(key) ?? missing;
}

internal static class JsonValues
{
    public static CelValue From(JsonElement json) => json.ValueKind switch
    {
        JsonValueKind.Object => new JsonMap(json),
        JsonValueKind.Array => new JsonList(json),
        JsonValueKind.String => CelValue.Of(json.GetString()!),
        JsonValueKind.Number => json.TryGetInt64(out var whole) ? CelValue.Of(whole) : CelValue.Of(json.GetDouble()),
        JsonValueKind.True => CelValue.True,
        JsonValueKind.False => CelValue.False,
        _ => CelValue.Null,
    };

    private sealed class JsonMap(JsonElement json) : CelMap
    {
        public override int Count => json.GetPropertyCount();

        public override IEnumerable<CelValue> Keys => json.EnumerateObject().Select(entry => Of(entry.Name));

        public override CelValue? Find(CelValue key) =>
            key is CelString text && json.TryGetProperty(text.Value, out var value) ? From(value) : null;
    }

    private sealed class JsonList(JsonElement json) : CelList
    {
        public override int Count => json.GetArrayLength();

        public override CelValue this[int index] => From(json[index]);
    }
}
