using System.Text.Json;
using Netes.Api.ApiExtensions;

namespace Netes.Api;

/// <summary>A schema or a boolean. Source: apiextensions v1/marshal.go.</summary>
public readonly struct SchemaOrBoolCodec : IValueCodec<JsonSchemaPropsOrBool>
{
    public static JsonSchemaPropsOrBool Zero => s_false;

    private static readonly JsonSchemaPropsOrBool s_true = new(true, null);
    private static readonly JsonSchemaPropsOrBool s_false = new(false, null);

    public static JsonSchemaPropsOrBool ReadJson(ref Utf8JsonReader reader, JsonDecodeContext context) =>
        reader.TokenType switch
        {
            JsonTokenType.StartObject => new(true, JsonSchemaProps.ReadJson(ref reader, context)),
            JsonTokenType.True => s_true,
            JsonTokenType.False or JsonTokenType.Null => s_false,
            _ => throw new JsonDecodeException(reader.TokenStartIndex, null, "boolean or JSON schema expected"),
        };

    public static void WriteJson(Utf8JsonWriter writer, JsonSchemaPropsOrBool value)
    {
        if (value.Schema is not null)
        {
            value.Schema.WriteJson(writer);
            return;
        }

        writer.WriteBooleanValue(value.Allows);
    }

    public static JsonSchemaPropsOrBool ReadProto(ref ProtoReader reader)
    {
        var message = reader.ReadMessage();
        var value = s_false;
        while (message.NextField())
        {
            switch (message.Number)
            {
                case 1:
                    value = value with { Allows = message.ReadVarint() != 0 };
                    break;
                case 2:
                    value = value with { Schema = MessageCodec<JsonSchemaProps>.ReadProto(ref message) };
                    break;
                default:
                    message.SkipField();
                    break;
            }
        }

        return value;
    }

    public static void WriteProto(ProtoWriter writer, int number, JsonSchemaPropsOrBool value)
    {
        var mark = writer.Mark;
        if (value.Schema is not null)
        {
            MessageCodec<JsonSchemaProps>.WriteProto(writer, 2, value.Schema);
        }

        writer.WriteVarintField(1, value.Allows ? 1UL : 0UL);
        writer.WriteMessageHead(number, mark);
    }
}

/// <summary>A schema or a list of schemas.</summary>
public readonly struct SchemaOrArrayCodec : IValueCodec<JsonSchemaPropsOrArray>
{
    private static readonly JsonSchemaPropsOrArray s_none = new(null, default);

    public static JsonSchemaPropsOrArray Zero => s_none;

    public static JsonSchemaPropsOrArray ReadJson(ref Utf8JsonReader reader, JsonDecodeContext context) =>
        reader.TokenType switch
        {
            JsonTokenType.StartObject => new(JsonSchemaProps.ReadJson(ref reader, context), default),
            JsonTokenType.StartArray => new(
                null, ListCodec<JsonSchemaProps, MessageCodec<JsonSchemaProps>>.ReadJson(ref reader, context)),
            _ => new(null, default),
        };

    public static void WriteJson(Utf8JsonWriter writer, JsonSchemaPropsOrArray value)
    {
        if (value.Schemas.Count > 0)
        {
            ListCodec<JsonSchemaProps, MessageCodec<JsonSchemaProps>>.WriteJson(writer, value.Schemas);
        }
        else if (value.Schema is not null)
        {
            value.Schema.WriteJson(writer);
        }
        else
        {
            writer.WriteNullValue();
        }
    }

    public static JsonSchemaPropsOrArray ReadProto(ref ProtoReader reader)
    {
        var message = reader.ReadMessage();
        var value = s_none;
        while (message.NextField())
        {
            switch (message.Number)
            {
                case 1:
                    value = value with { Schema = MessageCodec<JsonSchemaProps>.ReadProto(ref message) };
                    break;
                case 2:
                    value = value with
                    {
                        Schemas = ListCodec<JsonSchemaProps, MessageCodec<JsonSchemaProps>>.ReadProtoRepeated(
                            ref message, value.Schemas),
                    };
                    break;
                default:
                    message.SkipField();
                    break;
            }
        }

        return value;
    }

    public static void WriteProto(ProtoWriter writer, int number, JsonSchemaPropsOrArray value)
    {
        var mark = writer.Mark;
        ListCodec<JsonSchemaProps, MessageCodec<JsonSchemaProps>>.WriteProtoRepeated(writer, 2, value.Schemas);
        if (value.Schema is not null)
        {
            MessageCodec<JsonSchemaProps>.WriteProto(writer, 1, value.Schema);
        }

        writer.WriteMessageHead(number, mark);
    }
}

/// <summary>A schema or a list of property names.</summary>
public readonly struct SchemaOrStringArrayCodec : IValueCodec<JsonSchemaPropsOrStringArray>
{
    private static readonly JsonSchemaPropsOrStringArray s_none = new(null, default);

    public static JsonSchemaPropsOrStringArray Zero => s_none;

    public static JsonSchemaPropsOrStringArray ReadJson(ref Utf8JsonReader reader, JsonDecodeContext context) =>
        reader.TokenType switch
        {
            JsonTokenType.StartObject => new(JsonSchemaProps.ReadJson(ref reader, context), default),
            JsonTokenType.StartArray => new(null, ListCodec<string, TextCodec>.ReadJson(ref reader, context)),
            _ => new(null, default),
        };

    public static void WriteJson(Utf8JsonWriter writer, JsonSchemaPropsOrStringArray value)
    {
        if (value.Properties.Count > 0)
        {
            ListCodec<string, TextCodec>.WriteJson(writer, value.Properties);
        }
        else if (value.Schema is not null)
        {
            value.Schema.WriteJson(writer);
        }
        else
        {
            writer.WriteNullValue();
        }
    }

    public static JsonSchemaPropsOrStringArray ReadProto(ref ProtoReader reader)
    {
        var message = reader.ReadMessage();
        var value = s_none;
        while (message.NextField())
        {
            switch (message.Number)
            {
                case 1:
                    value = value with { Schema = MessageCodec<JsonSchemaProps>.ReadProto(ref message) };
                    break;
                case 2:
                    value = value with
                    {
                        Properties = ListCodec<string, TextCodec>.ReadProtoRepeated(
                            ref message, value.Properties),
                    };
                    break;
                default:
                    message.SkipField();
                    break;
            }
        }

        return value;
    }

    public static void WriteProto(ProtoWriter writer, int number, JsonSchemaPropsOrStringArray value)
    {
        var mark = writer.Mark;
        ListCodec<string, TextCodec>.WriteProtoRepeated(writer, 2, value.Properties);
        if (value.Schema is not null)
        {
            MessageCodec<JsonSchemaProps>.WriteProto(writer, 1, value.Schema);
        }

        writer.WriteMessageHead(number, mark);
    }
}
