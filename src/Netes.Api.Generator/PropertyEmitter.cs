using System.Text;

namespace Netes.Api.Generator;

/// <summary>Properties, the shared empty instance, identity of kinds, and equality by value.</summary>
internal static class PropertyEmitter
{
    public static void Emit(StringBuilder code, TypeModel type)
    {
        code.AppendLine($"    private static readonly {type.Name} s_empty = new();");
        code.AppendLine();
        code.AppendLine($"    public static {type.Name} Empty => s_empty;");
        if (type.IsKind)
        {
            code.AppendLine();
            code.AppendLine($"    public static string ApiVersion => \"{type.ApiVersion}\";");
            code.AppendLine();
            code.AppendLine($"    public static string Kind => \"{type.Kind}\";");
        }

        if (type.IsKind && type.HasObjectMeta)
        {
            code.AppendLine();
            code.AppendLine($"    public {type.Name} WithMetadata(global::Netes.Api.Meta.ObjectMeta metadata) =>");
            code.AppendLine("        this with { Metadata = metadata };");
        }

        foreach (var field in type.Fields)
        {
            var get = field.IsValueText ? $"get => {field.Backing} ?? \"\";"
                : field.IsValueMessage ? $"get => {field.Backing} ?? {field.Value.CSharp}.Empty;"
                : $"get => {field.Backing};";
            code.AppendLine();
            code.AppendLine($"    private {field.BackingType} {field.Backing};");
            code.AppendLine();
            code.AppendLine($"    public partial {field.CSharp} {field.Property}");
            code.AppendLine("    {");
            code.AppendLine($"        {get}");
            code.AppendLine($"        init => {field.Backing} = value;");
            code.AppendLine("    }");
        }

        EmitEquality(code, type);
    }

    // A record's own equality compares backing fields, where an unset text (null) differs from an empty one.
    private static void EmitEquality(StringBuilder code, TypeModel type)
    {
        code.AppendLine();
        code.AppendLine($"    public bool Equals({type.Name}? other)");
        code.AppendLine("    {");
        code.AppendLine("        if (ReferenceEquals(this, other))");
        code.AppendLine("        {");
        code.AppendLine("            return true;");
        code.AppendLine("        }");
        code.AppendLine();
        code.Append("        return other is not null");
        foreach (var field in type.Fields)
        {
            code.AppendLine();
            code.Append($"            && {Comparison(field)}");
        }

        code.AppendLine(";");
        code.AppendLine("    }");
        code.AppendLine();
        code.AppendLine("    public override int GetHashCode()");
        code.AppendLine("    {");
        code.AppendLine("        var hash = new global::System.HashCode();");
        foreach (var field in type.Fields)
        {
            code.AppendLine($"        hash.Add({field.Property});");
        }

        code.AppendLine("        return hash.ToHashCode();");
        code.AppendLine("    }");
    }

    private static string Comparison(FieldModel field) => field.Value.Shape switch
    {
        Shape.Text =>
            $"string.Equals({field.Property}, other.{field.Property}, global::System.StringComparison.Ordinal)",
        Shape.Double => $"{field.Property}.Equals(other.{field.Property})",
        _ when field.Value.Shape is Shape.Json || (field.Value.Shape == Shape.Message && field.Nullable) =>
            $"Equals({field.Property}, other.{field.Property})",
        _ => $"{field.Property} == other.{field.Property}",
    };
}
