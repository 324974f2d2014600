using System.Text;

namespace Netes.Api.Generator;

/// <summary>The JSON writer of a type: Go's field order, and Go's rules of what is left out.</summary>
internal static class JsonWriteEmitter
{
    public static void Emit(StringBuilder code, TypeModel type)
    {
        code.AppendLine("""

                public void WriteJson(global::System.Text.Json.Utf8JsonWriter writer)
                {
                    writer.WriteStartObject();
            """);
        if (type.IsKind)
        {
            code.AppendLine($"        writer.WriteString(\"kind\"u8, \"{type.Kind}\"u8);");
            code.AppendLine($"        writer.WriteString(\"apiVersion\"u8, \"{type.ApiVersion}\"u8);");
        }

        code.AppendLine("""
                    WriteJsonFields(writer);
                    writer.WriteEndObject();
                }

                /// <summary>The fields without the braces, for an owner that holds this type inline.</summary>
                internal void WriteJsonFields(global::System.Text.Json.Utf8JsonWriter writer)
                {
            """);
        foreach (var field in type.Fields.Where(field => field.Json != "-"))
        {
            EmitField(code, field);
        }

        code.AppendLine("    }");
    }

    private static void EmitField(StringBuilder code, FieldModel field)
    {
        var name = field.Backing;
        if (field.Inline)
        {
            code.AppendLine($"        {name}?.WriteJsonFields(writer);");
            return;
        }

        var nullableValue = field.Nullable && !IsReference(field.Value.Shape);
        var value = nullableValue ? $"{name}.Value" : field.IsValueText || field.IsValueMessage ? field.Property : name;
        var condition = field.Nullable ? (nullableValue ? $"{name}.HasValue" : $"{name} is not null")
            : field.OmitEmpty ? NotZero(field) : null;
        var write = $"{field.Codec}.WriteJson(writer, {value});";
        if (condition is null)
        {
            code.AppendLine($"        writer.WritePropertyName(\"{field.Json}\"u8);");
            code.AppendLine($"        {write}");
            return;
        }

        code.AppendLine($"        if ({condition})");
        code.AppendLine("        {");
        code.AppendLine($"            writer.WritePropertyName(\"{field.Json}\"u8);");
        code.AppendLine($"            {write}");
        code.AppendLine("        }");
        if (!field.OmitEmpty)
        {
            code.AppendLine("        else");
            code.AppendLine("        {");
            code.AppendLine($"            writer.WriteNull(\"{field.Json}\"u8);");
            code.AppendLine("        }");
        }

        code.AppendLine();
    }

    internal static bool IsReference(Shape shape) => shape is Shape.Text or Shape.Message or Shape.Json
        or Shape.SchemaOrBool or Shape.SchemaOrArray or Shape.SchemaOrStringArray;

    /// <summary>Go leaves out zero numbers, empty texts, lists and maps; never a struct.</summary>
    internal static string? NotZero(FieldModel field) => field.Value.Shape switch
    {
        Shape.Text => $"!string.IsNullOrEmpty({field.Backing})",
        Shape.Int32 or Shape.Int64 or Shape.UInt32 or Shape.Byte or Shape.Double => $"{field.Backing} != 0",
        Shape.Bool => field.Backing,
        Shape.Bytes => $"!{field.Backing}.IsEmpty",
        Shape.List or Shape.Map => $"{field.Backing}.Count != 0",
        _ => null,
    };
}
