using System.Text.Json.Nodes;
using Netes.Api;

namespace Netes.Tests.Api.Codecs;

/// <summary>JSON with every field set, from the schema alone; a type is not filled inside itself.</summary>
internal static class SchemaFiller
{
    public static JsonObject Fill(TypeSchema type) => Fill(type, []);

    private static JsonObject Fill(TypeSchema type, TypeSchema[] around)
    {
        TypeSchema[] inside = [.. around, type];
        var filled = new JsonObject();
        foreach (var field in type.Fields)
        {
            var value = ReferenceEquals(field, FieldSchema.KindField) ? type.Kind
                : ReferenceEquals(field, FieldSchema.ApiVersionField) ? ApiVersion(type)
                : Value(field, inside);
            if (value is not null)
            {
                filled[field.Name] = value;
            }
        }

        return filled;
    }

    private static string ApiVersion(TypeSchema type) =>
        string.IsNullOrEmpty(type.Group) ? type.Version! : $"{type.Group}/{type.Version}";

    private static JsonNode? Value(FieldSchema field, TypeSchema[] around) => Value(field.Value, field.Name, around);

    private static JsonNode? Value(ValueSchema value, string name, TypeSchema[] around) => value.Shape switch
    {
        ValueShape.Text => $"{name} \u00e9\"<\u4e16>",
        ValueShape.Int32 => -32,
        ValueShape.Int64 => 6_400_000_000_000,
        ValueShape.UInt32 => 32,
        ValueShape.Byte => 8,
        ValueShape.Double => 1.5,
        ValueShape.Bool => true,
        ValueShape.Quantity => "1536Mi",
        ValueShape.IntOrString => "25%",
        ValueShape.Timestamp => "2026-04-22T10:11:12Z",
        ValueShape.MicroTimestamp => "2026-04-22T10:11:12.000345Z",
        ValueShape.Duration => "1h2m3.5s",
        ValueShape.Bytes => "AAEC/w==",
        ValueShape.Json => new JsonObject { ["any"] = new JsonArray(1, "two", null) },
        ValueShape.List => Many(value.Element!, name, around),
        ValueShape.Map => Value(value.Element!, name, around) is { } item
            ? new JsonObject { ["a.b/c"] = item, ["k"] = item.DeepClone() } : null,
        ValueShape.Message => around.Contains(value.Type) ? null : Fill(value.Type!, around),
        ValueShape.SchemaOrBool => false,
        ValueShape.SchemaOrArray => new JsonArray(new JsonObject { ["type"] = "string" }),
        _ => new JsonArray("one", "two"),
    };

    private static JsonArray? Many(ValueSchema element, string name, TypeSchema[] around) =>
        Value(element, name, around) is { } item ? new JsonArray(item, item.DeepClone()) : null;
}
