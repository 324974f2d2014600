using System.Text;
using System.Text.Json;

namespace Netes.Api;

/// <summary>
/// One decode: where unknown and duplicate fields stand, and the steps all generated readers share. Paths are not kept
/// while reading; they are found afterwards from the offsets, so that good input pays nothing.
/// Source: sigs.k8s.io/json, internal/golang/encoding/json/decode.go.
/// </summary>
/// <param name="source">The whole body; the reader must run over exactly these bytes.</param>
public sealed class JsonDecodeContext(ReadOnlyMemory<byte> source)
{
    /// <summary>Go's decoder keeps this many strict errors.</summary>
    private const int MaxStrictErrors = 100;

    private byte[]? _unescaped;

    private List<StrictIssue>? _issues;

    internal ReadOnlyMemory<byte> Source { get; } = source;

    /// <summary>Raw JSON may be a part of the source, which is compact and outlives the object.</summary>
    internal bool SharesSource { get; init; }

    internal IReadOnlyList<StrictIssue> Issues => _issues ?? (IReadOnlyList<StrictIssue>)[];

    /// <summary>Enters an object; false at null, which reads as the empty one.</summary>
    public bool BeginObject(ref Utf8JsonReader reader)
    {
        if (reader.TokenType == JsonTokenType.StartObject)
        {
            return true;
        }

        return reader.TokenType == JsonTokenType.Null ? false : throw WrongType(ref reader);
    }

    /// <summary>Moves to the next property name; false at the end of the object.</summary>
    public bool NextField(ref Utf8JsonReader reader)
    {
        reader.Read();
        return reader.TokenType == JsonTokenType.PropertyName;
    }

    /// <summary>The property name, unescaped. Valid until the next call.</summary>
    public ReadOnlySpan<byte> Name(ref Utf8JsonReader reader)
    {
        if (!reader.ValueIsEscaped)
        {
            return reader.ValueSpan;
        }

        _unescaped = Encoding.UTF8.GetBytes(JsonText.Read(ref reader));
        return _unescaped;
    }

    /// <summary>Moves to the value of a known field; false at null, which sets nothing.</summary>
    public bool Value(ref Utf8JsonReader reader, ref ulong seen, int bit)
    {
        var mask = 1UL << bit;
        if ((seen & mask) != 0)
        {
            AddIssue(reader.TokenStartIndex, unknown: false);
        }

        seen |= mask;
        reader.Read();
        return reader.TokenType != JsonTokenType.Null;
    }

    public void SkipUnknown(ref Utf8JsonReader reader)
    {
        AddIssue(reader.TokenStartIndex, unknown: true);
        reader.Skip();
    }

    /// <summary><c>kind</c> and <c>apiVersion</c> are of the type itself: only their form is checked.</summary>
    public void CheckText(ref Utf8JsonReader reader)
    {
        if (reader.TokenType != JsonTokenType.String)
        {
            throw WrongType(ref reader);
        }
    }

    internal void DuplicateKey(long offset) => AddIssue(offset, unknown: false);

    internal static JsonDecodeException WrongType(ref Utf8JsonReader reader) => new(
        reader.TokenStartIndex,
        reader.TokenType switch
        {
            JsonTokenType.String => "string",
            JsonTokenType.Number => "number",
            JsonTokenType.True or JsonTokenType.False => "bool",
            JsonTokenType.StartArray => "array",
            _ => "object",
        });

    /// <summary>A number that the field's type cannot hold: Go names the number.</summary>
    internal static JsonDecodeException WrongNumber(ref Utf8JsonReader reader) =>
        reader.TokenType == JsonTokenType.Number
            ? new(reader.TokenStartIndex, "number " + Encoding.UTF8.GetString(reader.ValueSpan))
            : WrongType(ref reader);

    private void AddIssue(long offset, bool unknown)
    {
        _issues ??= [];
        if (_issues.Count < MaxStrictErrors)
        {
            _issues.Add(new StrictIssue(offset, unknown));
        }
    }
}

/// <summary>A field that a strict decode complains of. <paramref name="Offset"/>: where its name starts.</summary>
internal readonly record struct StrictIssue(long Offset, bool Unknown);
