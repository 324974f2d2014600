using System.Text.Json;

namespace Netes.Api;

/// <summary>A nested wire type.</summary>
public readonly struct MessageCodec<T> : IValueCodec<T>
    where T : class, IApiType<T>
{
    public static T Zero => T.Empty;

    public static T ReadJson(ref Utf8JsonReader reader, JsonDecodeContext context) => T.ReadJson(ref reader, context);

    public static void WriteJson(Utf8JsonWriter writer, T value) => value.WriteJson(writer);

    public static T ReadProto(ref ProtoReader reader)
    {
        var message = reader.ReadMessage();
        return T.ReadProto(ref message);
    }

    public static void WriteProto(ProtoWriter writer, int number, T value)
    {
        var mark = writer.Mark;
        value.WriteProto(writer);
        writer.WriteMessageHead(number, mark);
    }
}

public readonly struct ListCodec<T, TCodec> : IValueCodec<ValueList<T>>
    where TCodec : struct, IValueCodec<T>
{
    public static ValueList<T> Zero => default;

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

        var builder = default(ListBuilder<T>);
        for (; reader.TokenType != JsonTokenType.EndArray; reader.Read())
        {
            builder.Add(TCodec.ReadJson(ref reader, context));
        }

        return builder.ToList();
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

    /// <summary>A list that is a message of its own, with the items under 1.</summary>
    public static ValueList<T> ReadProto(ref ProtoReader reader)
    {
        var message = reader.ReadMessage();
        var items = new ValueList<T>([]);
        while (message.NextField())
        {
            if (message.Number == 1)
            {
                items = ReadProtoRepeated(ref message, items);
            }
            else
            {
                message.SkipField();
            }
        }

        return items;
    }

    public static void WriteProto(ProtoWriter writer, int number, ValueList<T> value)
    {
        var mark = writer.Mark;
        WriteProtoRepeated(writer, 1, value);
        writer.WriteMessageHead(number, mark);
    }

    /// <summary>Reads the item of the current field and those that follow it, and adds them to the list.</summary>
    public static ValueList<T> ReadProtoRepeated(ref ProtoReader reader, ValueList<T> current)
    {
        var builder = default(ListBuilder<T>);
        if (!current.IsEmpty)
        {
            reader.CountRun();
        }

        foreach (var item in current)
        {
            builder.Add(item);
        }

        do
        {
            builder.Add(TCodec.ReadProto(ref reader));
        }
        while (reader.NextSame());
        return builder.ToList();
    }

    public static void WriteProtoRepeated(ProtoWriter writer, int number, ValueList<T> value)
    {
        for (var i = value.Count - 1; i >= 0; i--)
        {
            TCodec.WriteProto(writer, number, value[i]);
        }
    }
}

public readonly struct MapCodec<T, TCodec> : IValueCodec<ValueMap<T>>
    where TCodec : struct, IValueCodec<T>
{
    public static ValueMap<T> Zero => default;

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

        var builder = default(MapBuilder<T>);
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

    // No map of Kubernetes holds maps: this is the form of a list item, never met.
    public static ValueMap<T> ReadProto(ref ProtoReader reader) => ReadProtoRepeated(ref reader, default);

    public static void WriteProto(ProtoWriter writer, int number, ValueMap<T> value) =>
        WriteProtoRepeated(writer, number, value);

    /// <summary>Reads the entry of the current field and those that follow it, and adds them to the map.</summary>
    public static ValueMap<T> ReadProtoRepeated(ref ProtoReader reader, ValueMap<T> current)
    {
        var builder = default(MapBuilder<T>);
        if (!current.IsEmpty)
        {
            reader.CountRun();
        }

        foreach (var (key, item) in current)
        {
            builder.Set(key, item);
        }

        do
        {
            var (key, item) = ReadEntry(ref reader);
            builder.Set(key, item);
        }
        while (reader.NextSame());
        return builder.ToMap();
    }

    public static void WriteProtoRepeated(ProtoWriter writer, int number, ValueMap<T> value)
    {
        foreach (var (key, item) in value.Reverse())
        {
            var mark = writer.Mark;
            TCodec.WriteProto(writer, 2, item);
            writer.WriteTextField(1, key);
            writer.WriteMessageHead(number, mark);
        }
    }

    private static (string Key, T Value) ReadEntry(ref ProtoReader reader)
    {
        var entry = reader.ReadMessage();
        var key = "";
        var item = TCodec.Zero;
        while (entry.NextField())
        {
            switch (entry.Number)
            {
                case 1:
                    key = entry.ReadText();
                    break;
                case 2:
                    item = TCodec.ReadProto(ref entry);
                    break;
                default:
                    entry.SkipField();
                    break;
            }
        }

        return (key, item);
    }
}
