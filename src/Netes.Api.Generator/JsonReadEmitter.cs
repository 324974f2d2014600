using System.Text;

namespace Netes.Api.Generator;

/// <summary>The JSON reader of a type: names are told apart by length, then by bytes; no table, no
/// allocation.</summary>
internal static class JsonReadEmitter
{
    private const string Reader = "ref global::System.Text.Json.Utf8JsonReader reader";
    private const string Context = "global::Netes.Api.JsonDecodeContext context";

    public static void Emit(StringBuilder code, TypeModel type)
    {
        var own = type.Fields.Where(field => !field.Inline && field.Json != "-").ToList();
        var inline = type.Fields.Where(field => field.Inline).ToList();
        var count = own.Count + (type.IsKind ? 2 : 0);
        var inner = string.Concat(inline.Select(field => $" + {field.Value.CSharp}.JsonFieldCount"));
        code.AppendLine($$"""

                internal const int JsonFieldCount = {{count}}{{inner}};

                public static {{type.Name}} ReadJson({{Reader}}, {{Context}})
                {
                    if (!context.BeginObject(ref reader))
                    {
                        return s_empty;
                    }

                    {{type.Name}}? target = null;
                    ulong seen = 0;
                    while (context.NextField(ref reader))
                    {
                        if (!ReadJsonField(ref target, context.Name(ref reader), ref reader, context, ref seen, 0))
                        {
                            context.SkipUnknown(ref reader);
                        }
                    }

                    return target ?? s_empty;
                }

                /// <summary>Reads a field into <paramref name="target"/>; false: the type has no such one.</summary>
                internal static bool ReadJsonField(
                    ref {{type.Name}}? target, scoped global::System.ReadOnlySpan<byte> name, {{Reader}}, {{Context}},
                    ref ulong seen, int firstBit)
                {
            """);
        var bit = 0;
        var cases = new SortedDictionary<int, StringBuilder>();
        foreach (var field in own)
        {
            EmitField(Case(cases, field.Json), field, bit++, type.Name);
        }

        if (type.IsKind)
        {
            EmitTypeMeta(Case(cases, "kind"), "kind", bit++);
            EmitTypeMeta(Case(cases, "apiVersion"), "apiVersion", bit++);
        }

        // A type without fields of its own would get an empty switch, which is a warning.
        if (cases.Count > 0)
        {
            code.AppendLine("        switch (name.Length)");
            code.AppendLine("        {");
        }

        foreach (var (length, body) in cases.Select(pair => (pair.Key, pair.Value)))
        {
            code.AppendLine($"            case {length}:");
            code.Append(body);
            code.AppendLine("                break;");
        }

        code.AppendLine(cases.Count > 0 ? "        }" : "");
        code.AppendLine();
        EmitInline(code, inline, count, type.Name);
        code.AppendLine("    }");
    }

    private static void EmitInline(StringBuilder code, List<FieldModel> inline, int firstBit, string type)
    {
        var offset = $"firstBit + {firstBit}";
        foreach (var field in inline)
        {
            code.AppendLine($$"""
                        {
                            var inner = target?.{{field.Backing}};
                            if ({{field.Value.CSharp}}.ReadJsonField(
                                ref inner, name, ref reader, context, ref seen, {{offset}}))
                            {
                                target ??= new {{type}}();
                                target.{{field.Backing}} = inner;
                                return true;
                            }
                        }

                """);
            offset += $" + {field.Value.CSharp}.JsonFieldCount";
        }

        code.AppendLine("        return false;");
    }

    private static StringBuilder Case(SortedDictionary<int, StringBuilder> cases, string json)
    {
        var length = Encoding.UTF8.GetByteCount(json);
        if (!cases.TryGetValue(length, out var body))
        {
            cases[length] = body = new StringBuilder();
        }

        return body;
    }

    private static void EmitField(StringBuilder body, FieldModel field, int bit, string type) => body.AppendLine($$"""
                        if (global::System.MemoryExtensions.SequenceEqual(name, "{{field.Json}}"u8))
                        {
                            target ??= new {{type}}();
                            if (context.Value(ref reader, ref seen, firstBit + {{bit}}))
                            {
                                target.{{field.Backing}} = {{field.Codec}}.ReadJson(ref reader, context);
                            }

                            return true;
                        }

        """);

    private static void EmitTypeMeta(StringBuilder body, string json, int bit) => body.AppendLine($$"""
                        if (global::System.MemoryExtensions.SequenceEqual(name, "{{json}}"u8))
                        {
                            if (context.Value(ref reader, ref seen, firstBit + {{bit}}))
                            {
                                context.CheckText(ref reader);
                            }

                            return true;
                        }

        """);
}
