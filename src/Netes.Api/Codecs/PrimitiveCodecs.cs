using System.Buffers.Text;
using System.Text;
using System.Text.Json;

namespace Netes.Api;

/// <summary>Text, or a bare number. Source: Quantity.UnmarshalJSON.</summary>
public readonly struct QuantityCodec : IValueCodec<Quantity>
{
    public static Quantity Zero => default;

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

    public static Quantity ReadProto(ref ProtoReader reader)
    {
        var message = reader.ReadMessage();
        var text = "";
        while (message.NextField())
        {
            if (message.Number == 1)
            {
                text = message.ReadText();
            }
            else
            {
                message.SkipField();
            }
        }

        return text.Length == 0 ? default
            : Quantity.TryParse(text, out var value) ? value
            : throw new ProtoException(FormatWrong);
    }

    public static void WriteProto(ProtoWriter writer, int number, Quantity value)
    {
        var mark = writer.Mark;
        writer.WriteTextField(1, value.ToString());
        writer.WriteMessageHead(number, mark);
    }
}

public readonly struct IntOrStringCodec : IValueCodec<IntOrString>
{
    public static IntOrString Zero => default;

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

    public static IntOrString ReadProto(ref ProtoReader reader)
    {
        var message = reader.ReadMessage();
        var (isText, number, text) = (false, 0, "");
        while (message.NextField())
        {
            switch (message.Number)
            {
                case 1:
                    isText = message.ReadVarint() == 1;
                    break;
                case 2:
                    number = (int)message.ReadVarint();
                    break;
                case 3:
                    text = message.ReadText();
                    break;
                default:
                    message.SkipField();
                    break;
            }
        }

        return isText ? text : number;
    }

    public static void WriteProto(ProtoWriter writer, int number, IntOrString value)
    {
        var mark = writer.Mark;
        writer.WriteTextField(3, value.IsString ? value.Text : "");
        writer.WriteVarintField(2, (ulong)value.Number);
        writer.WriteVarintField(1, value.IsString ? 1UL : 0UL);
        writer.WriteMessageHead(number, mark);
    }
}

public readonly struct TimestampCodec : IValueCodec<Timestamp>
{
    public static Timestamp Zero => default;

    public static Timestamp ReadJson(ref Utf8JsonReader reader, JsonDecodeContext context)
    {
        var text = TextCodec.ReadJson(ref reader, context);
        return Timestamp.TryParse(text, out var value) ? value
            : throw new JsonDecodeException(reader.TokenStartIndex, null, GoTime.ParseError(text, GoTime.Rfc3339));
    }

    public static void WriteJson(Utf8JsonWriter writer, Timestamp value)
    {
        Span<byte> text = stackalloc byte[32];
        writer.WriteStringValue(value.TryFormat(text, out var length) ? text[..length] : default);
    }

    public static Timestamp ReadProto(ref ProtoReader reader) => ReadProtoOrNull(ref reader) ?? default;

    /// <summary>Go writes a time that is not set as an empty message.</summary>
    public static Timestamp? ReadProtoOrNull(ref ProtoReader reader) =>
        TimeMessage.Read(ref reader) is { } time && Timestamp.InRange(time.Seconds) ? new(time.Seconds) : null;

    public static void WriteProto(ProtoWriter writer, int number, Timestamp value) =>
        TimeMessage.Write(writer, number, value.UnixSeconds, 0);
}

public readonly struct MicroTimestampCodec : IValueCodec<MicroTimestamp>
{
    public static MicroTimestamp Zero => default;

    public static MicroTimestamp ReadJson(ref Utf8JsonReader reader, JsonDecodeContext context)
    {
        var text = TextCodec.ReadJson(ref reader, context);
        return MicroTimestamp.TryParse(text, out var value) ? value
            : throw new JsonDecodeException(reader.TokenStartIndex, null, GoTime.ParseError(text, GoTime.Rfc3339Micro));
    }

    public static void WriteJson(Utf8JsonWriter writer, MicroTimestamp value) =>
        writer.WriteStringValue(value.ToString());

    public static MicroTimestamp ReadProto(ref ProtoReader reader) => ReadProtoOrNull(ref reader) ?? default;

    public static MicroTimestamp? ReadProtoOrNull(ref ProtoReader reader) =>
        TimeMessage.Read(ref reader) is { } time && Timestamp.InRange(time.Seconds)
            ? new((time.Seconds * 1_000_000) + (time.Nanos / 1000))
            : null;

    public static void WriteProto(ProtoWriter writer, int number, MicroTimestamp value)
    {
        var (seconds, micros) = (Math.DivRem(value.UnixMicroseconds, 1_000_000));
        (seconds, micros) = micros < 0 ? (seconds - 1, micros + 1_000_000) : (seconds, micros);
        TimeMessage.Write(writer, number, seconds, (int)micros * 1000);
    }
}

public readonly struct DurationCodec : IValueCodec<Duration>
{
    public static Duration Zero => default;

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

    public static Duration ReadProto(ref ProtoReader reader)
    {
        var message = reader.ReadMessage();
        long nanoseconds = 0;
        while (message.NextField())
        {
            if (message.Number == 1)
            {
                nanoseconds = (long)message.ReadVarint();
            }
            else
            {
                message.SkipField();
            }
        }

        return new(nanoseconds);
    }

    public static void WriteProto(ProtoWriter writer, int number, Duration value)
    {
        var mark = writer.Mark;
        writer.WriteVarintField(1, (ulong)value.Nanoseconds);
        writer.WriteMessageHead(number, mark);
    }
}

/// <summary>Bytes in base64; line breaks in it are allowed, as Go allows them.</summary>
public readonly struct BytesCodec : IValueCodec<ByteString>
{
    public static ByteString Zero => default;

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
            : throw new JsonDecodeException(reader.TokenStartIndex, null,
                $"illegal base64 data at input byte {consumed}");
    }

    public static void WriteJson(Utf8JsonWriter writer, ByteString value) => writer.WriteBase64StringValue(value.Span);

    public static ByteString ReadProto(ref ProtoReader reader) => new(reader.ReadBytes().ToArray());

    public static void WriteProto(ProtoWriter writer, int number, ByteString value) =>
        writer.WriteBytesField(number, value.Span);
}
