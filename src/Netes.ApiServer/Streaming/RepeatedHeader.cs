using System.Text;

namespace Netes.ApiServer.Streaming;

/// <summary>
/// Sends a header once for each of its values. .NET's client joins values with commas, which is the same by RFC 9110,
/// but not to Go's servers: they would read one group with a comma in its name. So the values come as one text, and its
/// encoding ends the line between two of them and begins the next.
/// </summary>
internal sealed class RepeatedHeader(string name) : Encoding
{
    // Private use, and taken out of every value: it stands between values and nowhere else.
    private const char Separator = '\uE000';

    private readonly byte[] _between = UTF8.GetBytes($"\r\n{name}: ");

    /// <summary>One text for values that hold no line ends.</summary>
    public static string Join(IEnumerable<string> values) => string.Join(Separator, values.Select(OneLine));

    /// <summary>What a name of a user or group may not smuggle into the head of a request becomes a space.</summary>
    public static string OneLine(string value) =>
        value.ReplaceLineEndings(" ").Replace('\0', ' ').Replace(Separator, ' ');

    public override int GetMaxByteCount(int charCount) => charCount * (_between.Length + 4) + 4;

    public override int GetMaxCharCount(int byteCount) => UTF8.GetMaxCharCount(byteCount);

    public override int GetByteCount(char[] chars, int index, int count) => Encoded(chars.AsSpan(index, count)).Length;

    public override int GetBytes(char[] chars, int charIndex, int charCount, byte[] bytes, int byteIndex)
    {
        var encoded = Encoded(chars.AsSpan(charIndex, charCount));
        encoded.CopyTo(bytes, byteIndex);
        return encoded.Length;
    }

    public override int GetCharCount(byte[] bytes, int index, int count) => UTF8.GetCharCount(bytes, index, count);

    public override int GetChars(byte[] bytes, int byteIndex, int byteCount, char[] chars, int charIndex) =>
        UTF8.GetChars(bytes, byteIndex, byteCount, chars, charIndex);

    private byte[] Encoded(ReadOnlySpan<char> text)
    {
        var bytes = new List<byte>(text.Length);
        foreach (var part in text.Split(Separator))
        {
            if (part.Start.Value > 0)
            {
                bytes.AddRange(_between);
            }

            bytes.AddRange(UTF8.GetBytes(text[part].ToArray()));
        }

        return [.. bytes];
    }
}
