using System.Buffers.Text;
using System.Text;
using System.Text.Json;

namespace Netes.Api;

/// <summary>Text, or a bare number. Source: Quantity.UnmarshalJSON.</summary>
public readonly struct QuantityCodec : IValueCodec<Quantity>
{
    private const string FormatWrong =
        "quantities must match the regular expression '^([+-]?[0-9.]+)([eEinumkKMGTP]*[-+]?[0-9]*)$'";

    public static Quantity ReadJson(ref Utf8JsonReader reader, JsonDecodeContext context)
    {
        if (reader.TokenType == JsonTokenType.Null)
        {
            return default;
        }

        var text = reader.TokenType == JsonTokenType.String ? JsonText.Read(ref reader)
            : reader.TokenType == JsonTokenType.Number ? Encoding.UTF8.GetString(reader.ValueSpan)
            : "";
        return Quantity.TryParse(text.Trim(), out var value)
            ? value
            : throw new JsonDecodeException(reader.TokenStartIndex, null, FormatWrong);
    }

    public static void WriteJson(Utf8JsonWriter writer, Quantity value) => writer.WriteStringValue(value.ToString());
}

public readonly struct IntOrStringCodec : IValueCodec<IntOrString>
{
    public static IntOrString ReadJson(ref Utf8JsonReader reader, JsonDecodeContext context) =>
        reader.TokenType == JsonTokenType.String
            ? JsonText.Read(ref reader)
            : Int32Codec.ReadJson(ref reader, context);

    public static void WriteJson(Utf8JsonWriter writer, IntOrString value)
    {
        if (value.IsString)
        {
            writer.WriteStringValue(value.Text);
            return;
        }

        writer.WriteNumberValue(value.Number);
    }
}

public readonly struct TimestampCodec : IValueCodec<Timestamp>
{
    public static Timestamp ReadJson(ref Utf8JsonReader reader, JsonDecodeContext context)
    {
        var text = TextCodec.ReadJson(ref reader, context);
        return Timestamp.TryParse(text, out var value) ? value
            : throw new JsonDecodeException(reader.TokenStartIndex, null, GoTime.ParseError(text, GoTime.Rfc3339));
    }

    public static void WriteJson(Utf8JsonWriter writer, Timestamp value) => writer.WriteStringValue(value.ToString());
}

public readonly struct MicroTimestampCodec : IValueCodec<MicroTimestamp>
{
    public static MicroTimestamp ReadJson(ref Utf8JsonReader reader, JsonDecodeContext context)
    {
        var text = TextCodec.ReadJson(ref reader, context);
        return MicroTimestamp.TryParse(text, out var value) ? value
            : throw new JsonDecodeException(reader.TokenStartIndex, null, GoTime.ParseError(text, GoTime.Rfc3339Micro));
    }

    public static void WriteJson(Utf8JsonWriter writer, MicroTimestamp value) =>
        writer.WriteStringValue(value.ToString());
}

public readonly struct DurationCodec : IValueCodec<Duration>
{
    public static Duration ReadJson(ref Utf8JsonReader reader, JsonDecodeContext context)
    {
        if (reader.TokenType == JsonTokenType.Null)
        {
            return default;
        }

        var text = TextCodec.ReadJson(ref reader, context);
        return Duration.TryParse(text, out var value) ? value
            : throw new JsonDecodeException(
                reader.TokenStartIndex, null, $"time: invalid duration {FieldError.Quote(text)}");
    }

    public static void WriteJson(Utf8JsonWriter writer, Duration value) => writer.WriteStringValue(value.ToString());
}

/// <summary>Bytes in base64; line breaks in it are allowed, as Go allows them.</summary>
public readonly struct BytesCodec : IValueCodec<ByteString>
{
    public static ByteString ReadJson(ref Utf8JsonReader reader, JsonDecodeContext context)
    {
        if (reader.TokenType == JsonTokenType.Null)
        {
            return default;
        }

        if (reader.TokenType != JsonTokenType.String)
        {
            throw JsonDecodeContext.WrongType(ref reader);
        }

        var text = reader.ValueIsEscaped
            ? Encoding.UTF8.GetBytes(JsonText.Read(ref reader).Replace("\n", "").Replace("\r", ""))
            : reader.ValueSpan;
        var bytes = new byte[Base64.GetMaxDecodedFromUtf8Length(text.Length)];
        var status = Base64.DecodeFromUtf8(text, bytes, out var consumed, out var written);
        return status == System.Buffers.OperationStatus.Done && !text.ContainsAny(" \t"u8)
            ? new(bytes.AsMemory(0, written))
            : throw new JsonDecodeException(reader.TokenStartIndex, null, $"illegal base64 data at input byte {consumed}");
    }

    public static void WriteJson(Utf8JsonWriter writer, ByteString value) => writer.WriteBase64StringValue(value.Span);
}
