using System.Text.Json;
using Netes.Api.ApiExtensions;

namespace Netes.Api;

/// <summary>A schema or a boolean. Source: apiextensions v1/marshal.go.</summary>
public readonly struct SchemaOrBoolCodec : IValueCodec<JsonSchemaPropsOrBool>
{
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
}

/// <summary>A schema or a list of schemas.</summary>
public readonly struct SchemaOrArrayCodec : IValueCodec<JsonSchemaPropsOrArray>
{
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
}

/// <summary>A schema or a list of property names.</summary>
public readonly struct SchemaOrStringArrayCodec : IValueCodec<JsonSchemaPropsOrStringArray>
{
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
}
