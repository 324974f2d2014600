using System.Text;

namespace Netes.Api.Generator;

/// <summary>The protobuf reader of a type: unknown numbers are skipped, the last of equal ones wins, lists are
/// gathered.</summary>
internal static class ProtoReadEmitter
{
    public static void Emit(StringBuilder code, TypeModel type)
    {
        code.AppendLine($$"""

                public static {{type.Name}} ReadProto(ref global::Netes.Api.ProtoReader reader)
                {
                    {{type.Name}}? target = null;
                    while (reader.NextField())
                    {
                        switch (reader.Number)
                        {
            """);
        foreach (var field in type.Fields.Where(field => field.Number > 0))
        {
            code.AppendLine($$"""
                                case {{field.Number}}:
                                    target ??= new {{type.Name}}();
                                    target.{{field.Backing}} = {{Read(field)}};
                                    break;
                """);
        }

        code.AppendLine("""
                            default:
                                reader.SkipField();
                                break;
                        }
                    }

                    return target ?? s_empty;
                }
            """);
    }

    private static string Read(FieldModel field) => field.Value.Shape switch
    {
        Shape.List when field.Wrapped => $"{field.Codec}.ReadProto(ref reader)",
        Shape.List or Shape.Map => $"{field.Codec}.ReadProtoRepeated(ref reader, target.{field.Backing})",
        Shape.Timestamp or Shape.MicroTimestamp => $"{field.Codec}.ReadProtoOrNull(ref reader)",
        _ => $"{field.Codec}.ReadProto(ref reader)",
    };
}
