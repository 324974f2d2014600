using System.Text.Json;

namespace Netes.Api;

public readonly struct TextCodec : IValueCodec<string>
{
    public static string ReadJson(ref Utf8JsonReader reader, JsonDecodeContext context) => reader.TokenType switch
    {
        JsonTokenType.String => JsonText.Read(ref reader),
        JsonTokenType.Null => "",
        _ => throw JsonDecodeContext.WrongType(ref reader),
    };

    public static void WriteJson(Utf8JsonWriter writer, string value) => writer.WriteStringValue(value);
}

public readonly struct BoolCodec : IValueCodec<bool>
{
    public static bool ReadJson(ref Utf8JsonReader reader, JsonDecodeContext context) => reader.TokenType switch
    {
        JsonTokenType.True => true,
        JsonTokenType.False or JsonTokenType.Null => false,
        _ => throw JsonDecodeContext.WrongType(ref reader),
    };

    public static void WriteJson(Utf8JsonWriter writer, bool value) => writer.WriteBooleanValue(value);
}

public readonly struct Int32Codec : IValueCodec<int>
{
    public static int ReadJson(ref Utf8JsonReader reader, JsonDecodeContext context)
    {
        if (reader.TokenType == JsonTokenType.Number && reader.TryGetInt32(out var value))
        {
            return value;
        }

        return reader.TokenType == JsonTokenType.Null ? 0 : throw JsonDecodeContext.WrongNumber(ref reader);
    }

    public static void WriteJson(Utf8JsonWriter writer, int value) => writer.WriteNumberValue(value);
}

public readonly struct Int64Codec : IValueCodec<long>
{
    public static long ReadJson(ref Utf8JsonReader reader, JsonDecodeContext context)
    {
        if (reader.TokenType == JsonTokenType.Number && reader.TryGetInt64(out var value))
        {
            return value;
        }

        return reader.TokenType == JsonTokenType.Null ? 0 : throw JsonDecodeContext.WrongNumber(ref reader);
    }

    public static void WriteJson(Utf8JsonWriter writer, long value) => writer.WriteNumberValue(value);
}

public readonly struct UInt32Codec : IValueCodec<uint>
{
    public static uint ReadJson(ref Utf8JsonReader reader, JsonDecodeContext context)
    {
        if (reader.TokenType == JsonTokenType.Number && reader.TryGetUInt32(out var value))
        {
            return value;
        }

        return reader.TokenType == JsonTokenType.Null ? 0u : throw JsonDecodeContext.WrongNumber(ref reader);
    }

    public static void WriteJson(Utf8JsonWriter writer, uint value) => writer.WriteNumberValue(value);
}

public readonly struct ByteCodec : IValueCodec<byte>
{
    public static byte ReadJson(ref Utf8JsonReader reader, JsonDecodeContext context)
    {
        if (reader.TokenType == JsonTokenType.Number && reader.TryGetByte(out var value))
        {
            return value;
        }

        return reader.TokenType == JsonTokenType.Null ? (byte)0 : throw JsonDecodeContext.WrongNumber(ref reader);
    }

    public static void WriteJson(Utf8JsonWriter writer, byte value) => writer.WriteNumberValue(value);
}

public readonly struct DoubleCodec : IValueCodec<double>
{
    public static double ReadJson(ref Utf8JsonReader reader, JsonDecodeContext context)
    {
        if (reader.TokenType == JsonTokenType.Number && reader.TryGetDouble(out var value) && double.IsFinite(value))
        {
            return value;
        }

        return reader.TokenType == JsonTokenType.Null ? 0 : throw JsonDecodeContext.WrongNumber(ref reader);
    }

    public static void WriteJson(Utf8JsonWriter writer, double value) => writer.WriteNumberValue(value);
}
