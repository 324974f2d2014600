namespace Netes.Api;

/// <summary>The message <c>Schema</c> of OpenAPIv2.proto, last field first.</summary>
internal static class OpenApiProtoSchemas
{
    public static void Write(ProtoWriter writer, TreeMap schema)
    {
        OpenApiProto.Extensions(writer, 31, schema);
        OpenApiProto.Message(writer, 25, schema.Get("properties"), static (w, properties) =>
            OpenApiProto.Named(w, 1, properties, Write));
        foreach (var part in Enumerable.Reverse((schema.Get("allOf") as TreeList)?.Items ?? []))
        {
            OpenApiProto.Message(writer, 24, part, Write);
        }

        OpenApiProto.Message(writer, 23, schema.Get("items"), static (w, items) =>
            OpenApiProto.Message(w, 1, items, Write));
        WriteType(writer, schema.Get("type"));
        WriteAdditionalProperties(writer, schema.Get("additionalProperties"));
        foreach (var value in Enumerable.Reverse((schema.Get("enum") as TreeList)?.Items ?? []))
        {
            OpenApiProto.Any(writer, 20, value);
        }

        OpenApiProto.Texts(writer, 19, schema.Get("required"));
        OpenApiProto.Text(writer, 13, schema, "pattern");
        if (schema.Members.TryGetValue("default", out var value2))
        {
            OpenApiProto.Any(writer, 5, value2);
        }

        OpenApiProto.Text(writer, 4, schema, "description");
        OpenApiProto.Text(writer, 3, schema, "title");
        OpenApiProto.Text(writer, 2, schema, "format");
        OpenApiProto.Text(writer, 1, schema, "$ref");
    }

    private static void WriteType(ProtoWriter writer, JsonTree? type)
    {
        if (type is TreeText text)
        {
            var mark = writer.Mark;
            writer.WriteTextField(1, text.Value);
            writer.WriteMessageHead(22, mark);
        }
    }

    private static void WriteAdditionalProperties(ProtoWriter writer, JsonTree? value)
    {
        if (value is null)
        {
            return;
        }

        var mark = writer.Mark;
        if (value is TreeBool flag)
        {
            writer.WriteVarintField(2, flag.Value ? 1UL : 0UL);
        }
        else
        {
            OpenApiProto.Message(writer, 1, value, Write);
        }

        writer.WriteMessageHead(21, mark);
    }
}
