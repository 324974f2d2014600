using System.Text.Json;

namespace Netes.Api;

/// <summary>Definitions of the types with an encoding of their own.</summary>
internal static class OpenApiPrimitives
{
    public const string Time = "io.k8s.apimachinery.pkg.apis.meta.v1.Time";
    public const string MicroTime = "io.k8s.apimachinery.pkg.apis.meta.v1.MicroTime";
    public const string Duration = "io.k8s.apimachinery.pkg.apis.meta.v1.Duration";
    public const string FieldsV1 = "io.k8s.apimachinery.pkg.apis.meta.v1.FieldsV1";
    public const string Quantity = "io.k8s.apimachinery.pkg.api.resource.Quantity";
    public const string IntOrString = "io.k8s.apimachinery.pkg.util.intstr.IntOrString";
    public const string RawExtension = "io.k8s.apimachinery.pkg.runtime.RawExtension";
    public const string Json = "io.k8s.apiextensions-apiserver.pkg.apis.apiextensions.v1.JSON";
    public const string SchemaOrBool = "io.k8s.apiextensions-apiserver.pkg.apis.apiextensions.v1.JSONSchemaPropsOrBool";
    public const string SchemaOrArray =
        "io.k8s.apiextensions-apiserver.pkg.apis.apiextensions.v1.JSONSchemaPropsOrArray";

    public const string SchemaOrStringArray =
        "io.k8s.apiextensions-apiserver.pkg.apis.apiextensions.v1.JSONSchemaPropsOrStringArray";

    private static readonly (string Name, string Type, string Format, string Description)[] All =
    [
        (Time, "string", "date-time", "A point in time, in RFC 3339, to the second."),
        (MicroTime, "string", "date-time", "A point in time, in RFC 3339, to the microsecond."),
        (Duration, "string", "", "A length of time, such as 1h30m or 500ms."),
        (FieldsV1, "object", "", "A set of fields, as a tree of their names."),
        (Quantity, "string", "", "An amount, such as 500m, 2 or 1.5Gi."),
        (IntOrString, "string", "int-or-string", "A whole number, or a text such as a name or a percentage."),
        (RawExtension, "object", "", "An object whose type is not known here."),
        (Json, "", "", "Any JSON value."),
        (SchemaOrBool, "", "", "A schema, or a boolean."),
        (SchemaOrArray, "", "", "A schema, or a list of schemas."),
        (SchemaOrStringArray, "", "", "A schema, or a list of names."),
    ];

    public static void Add(SortedDictionary<string, Action> definitions, Utf8JsonWriter writer, bool isV3)
    {
        foreach (var (name, type, format, description) in All)
        {
            definitions[name] = () =>
            {
                writer.WriteStartObject();
                writer.WriteString("description"u8, description);
                if (format.Length > 0)
                {
                    writer.WriteString("format"u8, format);
                }

                if (isV3 && name is Quantity or IntOrString)
                {
                    WriteEither(writer, name == Quantity ? ["string", "number"] : ["integer", "string"]);
                }
                else if (type.Length > 0)
                {
                    writer.WriteString("type"u8, type);
                }

                writer.WriteEndObject();
            };
        }
    }

    public static void WritePatch(Utf8JsonWriter writer)
    {
        writer.WriteStartObject();
        writer.WriteString("description"u8, "A change of an object, in the form that the content type names."u8);
        writer.WriteString("type"u8, "object"u8);
        writer.WriteEndObject();
    }

    public static void WriteKind(Utf8JsonWriter writer, string group, string version, string kind)
    {
        writer.WriteStartObject();
        writer.WriteString("group"u8, group);
        writer.WriteString("kind"u8, kind);
        writer.WriteString("version"u8, version);
        writer.WriteEndObject();
    }

    private static void WriteEither(Utf8JsonWriter writer, string[] types)
    {
        writer.WriteStartArray("oneOf"u8);
        foreach (var type in types)
        {
            writer.WriteStartObject();
            writer.WriteString("type"u8, type);
            writer.WriteEndObject();
        }

        writer.WriteEndArray();
    }
}
