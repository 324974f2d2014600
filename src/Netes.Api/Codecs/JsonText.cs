using System.Buffers;
using System.Text;
using System.Text.Json;

namespace Netes.Api;

/// <summary>Texts of JSON as Go reads them: what is not valid UTF-8 or UTF-16 becomes U+FFFD instead of an
/// error.</summary>
internal static class JsonText
{
    public static string Read(ref Utf8JsonReader reader)
    {
        var bytes = reader.ValueSpan;
        return bytes.IsEmpty ? ""
            : reader.ValueIsEscaped ? Unescape(bytes)
            : bytes.Length <= KnownTexts.MaxBytes ? KnownTexts.Get(bytes)
            : Encoding.UTF8.GetString(bytes);
    }

    /// <summary>The text of <paramref name="bytes"/>, whose escapes the reader has already checked to be well
    /// formed.</summary>
    internal static string Unescape(ReadOnlySpan<byte> bytes)
    {
        var text = new StringBuilder(bytes.Length);
        while (!bytes.IsEmpty)
        {
            var plain = bytes.IndexOf((byte)'\\');
            if (plain != 0)
            {
                var run = plain < 0 ? bytes : bytes[..plain];
                text.Append(Encoding.UTF8.GetString(run));
                bytes = bytes[run.Length..];
                continue;
            }

            bytes = bytes[1] == 'u' ? UnescapeUnit(bytes, text) : UnescapeCharacter(bytes, text);
        }

        return text.ToString();
    }

    private static ReadOnlySpan<byte> UnescapeCharacter(ReadOnlySpan<byte> bytes, StringBuilder text)
    {
        text.Append((char)bytes[1] switch
        {
            'b' => '\b',
            'f' => '\f',
            'n' => '\n',
            'r' => '\r',
            't' => '\t',
            var same => same,
        });
        return bytes[2..];
    }

    private static ReadOnlySpan<byte> UnescapeUnit(ReadOnlySpan<byte> bytes, StringBuilder text)
    {
        var unit = Unit(bytes);
        if (char.IsHighSurrogate(unit) && bytes.Length >= 12 && bytes[6] == '\\' && bytes[7] == 'u'
            && char.IsLowSurrogate(Unit(bytes[6..])))
        {
            text.Append(unit).Append(Unit(bytes[6..]));
            return bytes[12..];
        }

        text.Append(char.IsSurrogate(unit) ? '\uFFFD' : unit);
        return bytes[6..];
    }

    private static char Unit(ReadOnlySpan<byte> bytes)
    {
        var unit = 0;
        foreach (var digit in bytes.Slice(2, 4))
        {
            unit = (unit << 4) + (digit <= '9' ? digit - '0' : (digit | 0x20) - 'a' + 10);
        }

        return (char)unit;
    }
}
