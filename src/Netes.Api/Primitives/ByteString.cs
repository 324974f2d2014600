namespace Netes.Api;

/// <summary>Immutable bytes, equal by content; base64 in JSON. <c>default</c> is empty (Go's nil
/// <c>[]byte</c>).</summary>
public readonly struct ByteString(ReadOnlyMemory<byte> bytes) : IEquatable<ByteString>
{
    public ReadOnlyMemory<byte> Memory { get; } = bytes;

    public ReadOnlySpan<byte> Span => Memory.Span;

    public int Length => Memory.Length;

    public bool IsEmpty => Memory.IsEmpty;

    public static ByteString FromUtf8(string text) => new(System.Text.Encoding.UTF8.GetBytes(text));

    public string ToUtf8() => System.Text.Encoding.UTF8.GetString(Span);

    public string ToBase64() => Convert.ToBase64String(Span);

    public bool Equals(ByteString other) => Span.SequenceEqual(other.Span);

    public override bool Equals(object? obj) => obj is ByteString other && Equals(other);

    public override int GetHashCode()
    {
        var hash = new HashCode();
        hash.AddBytes(Span);
        return hash.ToHashCode();
    }

    public static bool operator ==(ByteString left, ByteString right) => left.Equals(right);

    public static bool operator !=(ByteString left, ByteString right) => !left.Equals(right);
}
