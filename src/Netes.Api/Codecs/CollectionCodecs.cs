using System.Collections.Immutable;
using System.Runtime.InteropServices;
using System.Text.Json;

namespace Netes.Api;

/// <summary>A nested wire type.</summary>
public readonly struct MessageCodec<T> : IValueCodec<T>
    where T : class, IApiType<T>
{
    public static T ReadJson(ref Utf8JsonReader reader, JsonDecodeContext context) => T.ReadJson(ref reader, context);

    public static void WriteJson(Utf8JsonWriter writer, T value) => value.WriteJson(writer);
}

public readonly struct ListCodec<T, TCodec> : IValueCodec<ValueList<T>>
    where TCodec : struct, IValueCodec<T>
{
    public static ValueList<T> ReadJson(ref Utf8JsonReader reader, JsonDecodeContext context)
    {
        if (reader.TokenType == JsonTokenType.Null)
        {
            return default;
        }

        if (reader.TokenType != JsonTokenType.StartArray)
        {
            throw JsonDecodeContext.WrongType(ref reader);
        }

        reader.Read();
        if (reader.TokenType == JsonTokenType.EndArray)
        {
            return new([]);
        }

        var items = new T[4];
        var count = 0;
        for (; reader.TokenType != JsonTokenType.EndArray; reader.Read())
        {
            if (count == items.Length)
            {
                Array.Resize(ref items, count * 2);
            }

            items[count++] = TCodec.ReadJson(ref reader, context);
        }

        Array.Resize(ref items, count);
        return new(ImmutableCollectionsMarshal.AsImmutableArray(items));
    }

    public static void WriteJson(Utf8JsonWriter writer, ValueList<T> value)
    {
        if (value.IsNil)
        {
            writer.WriteNullValue();
            return;
        }

        writer.WriteStartArray();
        foreach (var item in value)
        {
            TCodec.WriteJson(writer, item);
        }

        writer.WriteEndArray();
    }
}

public readonly struct MapCodec<T, TCodec> : IValueCodec<ValueMap<T>>
    where TCodec : struct, IValueCodec<T>
{
    public static ValueMap<T> ReadJson(ref Utf8JsonReader reader, JsonDecodeContext context)
    {
        if (!context.BeginObject(ref reader))
        {
            return default;
        }

        if (!context.NextField(ref reader))
        {
            return new([]);
        }

        var builder = new MapBuilder<T>();
        do
        {
            var offset = reader.TokenStartIndex;
            var key = JsonText.Read(ref reader);
            reader.Read();
            if (!builder.Set(key, TCodec.ReadJson(ref reader, context)))
            {
                context.DuplicateKey(offset);
            }
        }
        while (context.NextField(ref reader));
        return builder.ToMap();
    }

    public static void WriteJson(Utf8JsonWriter writer, ValueMap<T> value)
    {
        if (value.IsNil)
        {
            writer.WriteNullValue();
            return;
        }

        writer.WriteStartObject();
        foreach (var (key, item) in value)
        {
            writer.WritePropertyName(key);
            TCodec.WriteJson(writer, item);
        }

        writer.WriteEndObject();
    }
}
