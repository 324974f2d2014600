using System.Text;

namespace Netes.Api.Generator;

/// <summary>The protobuf writer of a type. The writer fills its buffer backwards, so the fields come in descending
/// order.</summary>
internal static class ProtoWriteEmitter
{
    public static void Emit(StringBuilder code, TypeModel type)
    {
        code.AppendLine("""

                public void WriteProto(global::Netes.Api.ProtoWriter writer)
                {
            """);
        foreach (var field in type.Fields.Where(field => field.Number > 0).OrderByDescending(field => field.Number))
        {
            EmitField(code, field);
        }

        code.AppendLine("    }");
    }

    private static void EmitField(StringBuilder code, FieldModel field)
    {
        var name = field.Backing;
        var nullableValue = field.Nullable && !JsonWriteEmitter.IsReference(field.Value.Shape);
        var condition = nullableValue ? $"{name}.HasValue"
            : field.Nullable || field.IsValueMessage ? $"{name} is not null"
            : JsonWriteEmitter.NotZero(field);
        var repeated = field.Value.Shape is Shape.List or Shape.Map && !field.Wrapped ? "Repeated" : "";
        var value = nullableValue ? $"{name}.Value" : name;
        var write = $"{field.Codec}.WriteProto{repeated}(writer, {field.Number}, {value});";
        if (condition is null)
        {
            code.AppendLine($"        {write}");
            return;
        }

        code.AppendLine($"        if ({condition})");
        code.AppendLine("        {");
        code.AppendLine($"            {write}");
        code.AppendLine("        }");
        code.AppendLine();
    }
}
