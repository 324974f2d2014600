using System.Text;

namespace Netes.Api;

/// <summary>
/// A JSON value kept as its compact UTF-8 text, equal by bytes. It stands for Go's RawExtension, FieldsV1 and JSON.
/// </summary>
public sealed class RawJson(ReadOnlyMemory<byte> utf8) : IEquatable<RawJson>
{
    public static RawJson Null { get; } = new("null"u8.ToArray());

    public ReadOnlyMemory<byte> Utf8 { get; } = utf8;

    public static RawJson Parse(string json) => new(Encoding.UTF8.GetBytes(json));

    public bool Equals(RawJson? other) => other is not null && Utf8.Span.SequenceEqual(other.Utf8.Span);

    public override bool Equals(object? obj) => Equals(obj as RawJson);

    public override int GetHashCode()
    {
        var hash = new HashCode();
        hash.AddBytes(Utf8.Span);
        return hash.ToHashCode();
    }

    public override string ToString() => Encoding.UTF8.GetString(Utf8.Span);
}
