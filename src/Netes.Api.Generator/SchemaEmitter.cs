using System.Text;
using Microsoft.CodeAnalysis.CSharp;

namespace Netes.Api.Generator;

/// <summary>The schema of a type: a shell at first use, its fields when someone asks for them.</summary>
internal static class SchemaEmitter
{
    public static void Emit(StringBuilder code, TypeModel type)
    {
        code.AppendLine($$"""

                private static global::Netes.Api.TypeSchema? s_schema;

                public static global::Netes.Api.TypeSchema WireSchema => s_schema ??= new(
                    {{Quote(type.SchemaName)}}, {{Quote(type.Group)}}, {{Quote(type.Version)}}, {{Quote(type.Kind)}},
                    {{Quote(type.Documentation ?? "")}},
                    static () =>
                    [
            """);
        foreach (var field in type.Fields.Where(field => field.Json != "-"))
        {
            code.AppendLine($"            {Field(field)},");
        }

        code.AppendLine("        ]);");
    }

    private static string Field(FieldModel field)
    {
        var facts = new List<string>();
        void Flag(bool set, string name) => facts.AddRange(set ? [$"{name} = true"] : []);
        void Text(string? value, string name) => facts.AddRange(
            string.IsNullOrEmpty(value) ? [] : [$"{name} = {Quote(value)}"]);
        Flag(field.Nullable, "Nullable");
        Flag(field.OmitEmpty, "OmitEmpty");
        Flag(field.Required, "Required");
        Flag(field.Inline, "Inline");
        Text(field.ListType, "ListType");
        Text(field.MapType, "MapType");
        Text(field.StructType, "StructType");
        Text(field.PatchStrategy, "PatchStrategy");
        Text(field.PatchMergeKey, "PatchMergeKey");
        Text(field.Default, "Default");
        Text(field.EnumName, "EnumName");
        Text(field.Documentation, "Documentation");
        facts.AddRange(field.ListMapKeys.Length == 0 ? [] : [$"ListMapKeys = {Texts(field.ListMapKeys.Split(','))}"]);
        facts.AddRange(field.EnumOf is null ? [] : [$"Enum = {Texts(field.EnumOf.Split('\n'))}"]);
        return $"new({Quote(field.Json)}, {Value(field.Value)}) {{ {string.Join(", ", facts)} }}";
    }

    private static string Value(ValueModel value) => value.Shape switch
    {
        Shape.Message => $"global::Netes.Api.ValueSchema.Message({value.CSharp}.WireSchema)",
        Shape.List or Shape.Map => $"global::Netes.Api.ValueSchema.{value.Shape}({Value(value.Element!)})",
        _ => $"global::Netes.Api.ValueSchema.{value.Shape}",
    };

    private static string Texts(IEnumerable<string> texts) => $"[{string.Join(", ", texts.Select(Quote))}]";

    private static string Quote(string? text) => text is null ? "null" : SymbolDisplay.FormatLiteral(text, quote: true);
}
