using System.Text.Json;

namespace Netes.Api;

/// <summary>Writes the schemas of fields and values.</summary>
internal sealed class OpenApiValues(Utf8JsonWriter writer, bool isV3)
{
    public void WriteField(TypeSchema owner, FieldSchema field)
    {
        writer.WriteStartObject();
        if (field.Documentation.Length > 0)
        {
            writer.WriteString("description"u8, field.Documentation);
        }

        if (Reference(owner, field.Value, field.Name) is { } name)
        {
            // OpenAPI 3 ignores what stands beside a reference, so the description needs an allOf around it.
            if (isV3)
            {
                writer.WriteStartArray("allOf"u8);
                WriteReference(name);
                writer.WriteEndArray();
            }
            else
            {
                writer.WriteString("$ref"u8, Target(name));
            }
        }
        else
        {
            WriteBody(owner, field.Value, field.Name);
        }

        WriteExtensions(field);
        writer.WriteEndObject();
    }

    public void WriteReference(string name)
    {
        writer.WriteStartObject();
        writer.WriteString("$ref"u8, Target(name));
        writer.WriteEndObject();
    }

    private string Target(string name) => (isV3 ? "#/components/schemas/" : "#/definitions/") + name;

    private void WriteValue(TypeSchema owner, ValueSchema value, string field)
    {
        if (Reference(owner, value, field) is { } name)
        {
            WriteReference(name);
            return;
        }

        writer.WriteStartObject();
        WriteBody(owner, value, field);
        writer.WriteEndObject();
    }

    private void WriteBody(TypeSchema owner, ValueSchema value, string field)
    {
        switch (value.Shape)
        {
            case ValueShape.List:
                writer.WriteString("type"u8, "array"u8);
                writer.WritePropertyName("items"u8);
                WriteValue(owner, value.Element!, field);
                return;
            case ValueShape.Map:
                writer.WriteString("type"u8, "object"u8);
                writer.WritePropertyName("additionalProperties"u8);
                WriteValue(owner, value.Element!, field);
                return;
        }

        var (type, format) = value.Shape switch
        {
            ValueShape.Int32 => ("integer", "int32"),
            ValueShape.Int64 or ValueShape.UInt32 => ("integer", "int64"),
            ValueShape.Byte => ("integer", "byte"),
            ValueShape.Double => ("number", "double"),
            ValueShape.Bool => ("boolean", null),
            ValueShape.Bytes => ("string", "byte"),
            _ => ("string", (string?)null),
        };
        writer.WriteString("type"u8, type);
        if (format is not null)
        {
            writer.WriteString("format"u8, format);
        }
    }

    private void WriteExtensions(FieldSchema field)
    {
        if (field.Default is not null)
        {
            writer.WritePropertyName("default"u8);
            writer.WriteRawValue(field.Default);
        }

        Text("x-kubernetes-list-type", field.ListType);
        if (field.ListMapKeys.Count > 0)
        {
            writer.WriteStartArray("x-kubernetes-list-map-keys"u8);
            foreach (var key in field.ListMapKeys)
            {
                writer.WriteStringValue(key);
            }

            writer.WriteEndArray();
        }

        Text("x-kubernetes-map-type", field.MapType ?? (field.StructType == "atomic" ? "atomic" : null));
        Text("x-kubernetes-patch-merge-key", field.PatchMergeKey);
        Text("x-kubernetes-patch-strategy", field.PatchStrategy);
    }

    private void Text(string name, string? value)
    {
        if (value is not null)
        {
            writer.WriteString(name, value);
        }
    }

    /// <summary>The definition that describes the value; null when it is described in place.</summary>
    private static string? Reference(TypeSchema owner, ValueSchema value, string field) => value.Shape switch
    {
        ValueShape.Message => value.Type!.Name,
        ValueShape.Timestamp => OpenApiPrimitives.Time,
        ValueShape.MicroTimestamp => OpenApiPrimitives.MicroTime,
        ValueShape.Duration => OpenApiPrimitives.Duration,
        ValueShape.Quantity => OpenApiPrimitives.Quantity,
        ValueShape.IntOrString => OpenApiPrimitives.IntOrString,
        ValueShape.Json when field == "fieldsV1" => OpenApiPrimitives.FieldsV1,
        ValueShape.Json when owner.StructName == "JSONSchemaProps" => OpenApiPrimitives.Json,
        ValueShape.Json => OpenApiPrimitives.RawExtension,
        ValueShape.SchemaOrBool => OpenApiPrimitives.SchemaOrBool,
        ValueShape.SchemaOrArray => OpenApiPrimitives.SchemaOrArray,
        ValueShape.SchemaOrStringArray => OpenApiPrimitives.SchemaOrStringArray,
        _ => null,
    };
}
