using System.Text.Json;

namespace Netes.Api;

/// <summary>Any JSON value, kept as compact text.</summary>
public readonly struct RawJsonCodec : IValueCodec<RawJson>
{
    public static RawJson Zero => RawJson.Null;

    public static RawJson ReadJson(ref Utf8JsonReader reader, JsonDecodeContext context)
    {
        if (reader.TokenType == JsonTokenType.Null)
        {
            return RawJson.Null;
        }

        var start = (int)reader.TokenStartIndex;
        reader.Skip();
        var text = context.Source[start..(int)reader.BytesConsumed];
        return new(context.SharesSource ? text : Compact(text.Span));
    }

    public static void WriteJson(Utf8JsonWriter writer, RawJson value) =>
        writer.WriteRawValue(value.Utf8.Span, skipInputValidation: true);

    /// <summary>A copy of valid JSON without the white space between its tokens.</summary>
    internal static byte[] Compact(ReadOnlySpan<byte> json)
    {
        if (!json.ContainsAny(" \t\r\n"u8))
        {
            return json.ToArray();
        }

        var copy = new byte[json.Length];
        var length = 0;
        var inText = false;
        for (var i = 0; i < json.Length; i++)
        {
            var character = json[i];
            if (!inText && character is (byte)' ' or (byte)'\t' or (byte)'\r' or (byte)'\n' && !inText)
            {
                continue;
            }

            copy[length++] = character;
            if (character == '\\')
            {
                copy[length++] = json[++i];
            }
            else if (character == '"')
            {
                inText = !inText;
            }
        }

        return copy[..length];
    }

    /// <summary>A message with the JSON under 1. It comes from outside, so it is checked before it is ever
    /// written.</summary>
    public static RawJson ReadProto(ref ProtoReader reader)
    {
        var message = reader.ReadMessage();
        var raw = RawJson.Null;
        while (message.NextField())
        {
            if (message.Number == 1)
            {
                raw = new(Compact(Checked(message.ReadBytes())));
            }
            else
            {
                message.SkipField();
            }
        }

        return raw;
    }

    public static void WriteProto(ProtoWriter writer, int number, RawJson value)
    {
        var mark = writer.Mark;
        writer.WriteBytesField(1, value.Utf8.Span);
        writer.WriteMessageHead(number, mark);
    }

    private static ReadOnlySpan<byte> Checked(ReadOnlySpan<byte> json)
    {
        if (json.IsEmpty)
        {
            return "null"u8;
        }

        try
        {
            var reader = new Utf8JsonReader(json, JsonCodec.ReaderOptions);
            while (reader.Read())
            {
            }

            return json;
        }
        catch (JsonException wrong)
        {
            throw new ProtoException(JsonErrors.Syntax(json, wrong));
        }
    }
}
