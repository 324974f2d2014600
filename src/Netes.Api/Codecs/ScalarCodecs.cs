using System.Text.Json;

namespace Netes.Api;

public readonly struct TextCodec : IValueCodec<string>
{
    public static string Zero => "";

    public static string ReadJson(ref Utf8JsonReader reader, JsonDecodeContext context) => reader.TokenType switch
    {
        JsonTokenType.String => JsonText.Read(ref reader),
        JsonTokenType.Null => "",
        _ => throw JsonDecodeContext.WrongType(ref reader),
    };

    public static void WriteJson(Utf8JsonWriter writer, string value) => writer.WriteStringValue(value);

    public static string ReadProto(ref ProtoReader reader) => reader.ReadText();

    public static void WriteProto(ProtoWriter writer, int number, string value) =>
        writer.WriteTextField(number, value);
}

public readonly struct BoolCodec : IValueCodec<bool>
{
    public static bool Zero => false;

    public static bool ReadJson(ref Utf8JsonReader reader, JsonDecodeContext context) => reader.TokenType switch
    {
        JsonTokenType.True => true,
        JsonTokenType.False or JsonTokenType.Null => false,
        _ => throw JsonDecodeContext.WrongType(ref reader),
    };

    public static void WriteJson(Utf8JsonWriter writer, bool value) => writer.WriteBooleanValue(value);

    public static bool ReadProto(ref ProtoReader reader) => reader.ReadVarint() != 0;

    public static void WriteProto(ProtoWriter writer, int number, bool value) =>
        writer.WriteVarintField(number, value ? 1UL : 0UL);
}

public readonly struct Int32Codec : IValueCodec<int>
{
    public static int Zero => 0;

    public static int ReadJson(ref Utf8JsonReader reader, JsonDecodeContext context)
    {
        if (reader.TokenType == JsonTokenType.Number && reader.TryGetInt32(out var value))
        {
            return value;
        }

        return reader.TokenType == JsonTokenType.Null ? 0 : throw JsonDecodeContext.WrongNumber(ref reader);
    }

    public static void WriteJson(Utf8JsonWriter writer, int value) => writer.WriteNumberValue(value);

    public static int ReadProto(ref ProtoReader reader) => (int)reader.ReadVarint();

    public static void WriteProto(ProtoWriter writer, int number, int value) =>
        writer.WriteVarintField(number, (ulong)value);
}

public readonly struct Int64Codec : IValueCodec<long>
{
    public static long Zero => 0;

    public static long ReadJson(ref Utf8JsonReader reader, JsonDecodeContext context)
    {
        if (reader.TokenType == JsonTokenType.Number && reader.TryGetInt64(out var value))
        {
            return value;
        }

        return reader.TokenType == JsonTokenType.Null ? 0 : throw JsonDecodeContext.WrongNumber(ref reader);
    }

    public static void WriteJson(Utf8JsonWriter writer, long value) => writer.WriteNumberValue(value);

    public static long ReadProto(ref ProtoReader reader) => (long)reader.ReadVarint();

    public static void WriteProto(ProtoWriter writer, int number, long value) =>
        writer.WriteVarintField(number, (ulong)value);
}

public readonly struct UInt32Codec : IValueCodec<uint>
{
    public static uint Zero => 0;

    public static uint ReadJson(ref Utf8JsonReader reader, JsonDecodeContext context)
    {
        if (reader.TokenType == JsonTokenType.Number && reader.TryGetUInt32(out var value))
        {
            return value;
        }

        return reader.TokenType == JsonTokenType.Null ? 0u : throw JsonDecodeContext.WrongNumber(ref reader);
    }

    public static void WriteJson(Utf8JsonWriter writer, uint value) => writer.WriteNumberValue(value);

    public static uint ReadProto(ref ProtoReader reader) => (uint)reader.ReadVarint();

    public static void WriteProto(ProtoWriter writer, int number, uint value) =>
        writer.WriteVarintField(number, value);
}

public readonly struct ByteCodec : IValueCodec<byte>
{
    public static byte Zero => 0;

    public static byte ReadJson(ref Utf8JsonReader reader, JsonDecodeContext context)
    {
        if (reader.TokenType == JsonTokenType.Number && reader.TryGetByte(out var value))
        {
            return value;
        }

        return reader.TokenType == JsonTokenType.Null ? (byte)0 : throw JsonDecodeContext.WrongNumber(ref reader);
    }

    public static void WriteJson(Utf8JsonWriter writer, byte value) => writer.WriteNumberValue(value);

    public static byte ReadProto(ref ProtoReader reader) => (byte)reader.ReadVarint();

    public static void WriteProto(ProtoWriter writer, int number, byte value) =>
        writer.WriteVarintField(number, value);
}

public readonly struct DoubleCodec : IValueCodec<double>
{
    public static double Zero => 0;

    public static double ReadJson(ref Utf8JsonReader reader, JsonDecodeContext context)
    {
        if (reader.TokenType == JsonTokenType.Number && reader.TryGetDouble(out var value) && double.IsFinite(value))
        {
            return value;
        }

        return reader.TokenType == JsonTokenType.Null ? 0 : throw JsonDecodeContext.WrongNumber(ref reader);
    }

    public static void WriteJson(Utf8JsonWriter writer, double value) => writer.WriteNumberValue(value);

    public static double ReadProto(ref ProtoReader reader) => reader.ReadDouble();

    public static void WriteProto(ProtoWriter writer, int number, double value) =>
        writer.WriteDoubleField(number, value);
}
