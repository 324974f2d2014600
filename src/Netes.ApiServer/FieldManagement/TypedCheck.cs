using System.Text;
using Netes.Api;

namespace Netes.ApiServer.FieldManagement;

/// <summary>
/// What in an applied configuration is not as the schema has it, in Kubernetes' words.
/// Source: structured-merge-diff typed/validate.go, helpers.go.
/// </summary>
internal static class TypedCheck
{
    /// <summary>E.g. <c>.spec.foo: field not declared in schema</c>; empty when all is well.</summary>
    public static string Find(TypeSchema? schema, FieldShape kind, JsonTree tree)
    {
        var errors = new List<string>();
        if (schema is null)
        {
            return "";
        }

        Struct(schema, kind, (TreeMap)tree, "", errors);
        return errors.Count switch
        {
            0 => "",
            1 => errors[0],
            _ => "errors:\n" + string.Join('\n', errors.Select(static error => "  " + error)),
        };
    }

    private static void Struct(TypeSchema type, FieldShape shape, TreeMap map, string path, List<string> errors)
    {
        foreach (var (name, value) in map.Members)
        {
            var at = $"{path}.{name}";
            if (type.Find(name) is not { } field)
            {
                errors.Add($"{at}: field not declared in schema");
                continue;
            }

            Value(field.Value, FieldTrees.Below(shape, name) ?? FieldShape.Of(field), value, at, errors);
        }
    }

    private static void Value(ValueSchema schema, FieldShape shape, JsonTree? value, string path, List<string> errors)
    {
        if (value is null)
        {
            return;
        }

        switch (schema.Shape)
        {
            case ValueShape.Message when value is TreeMap map:
                // The fields of atomic objects are checked, too, only not owned one by one.
                Struct(schema.Type!, shape.Form == FieldForm.Struct ? shape : FieldShape.Deduced, map, path, errors);
                break;
            case ValueShape.Map when value is TreeMap map:
                foreach (var (name, item) in map.Members)
                {
                    Value(schema.Element!, shape.Element ?? FieldShape.Deduced, item, $"{path}.{name}", errors);
                }

                break;
            case ValueShape.List when value is TreeList list:
                Items(schema, shape, list, path, errors);
                break;
            case ValueShape.Message or ValueShape.Map:
                errors.Add($"{path}: expected map, got &{{{value}}}");
                break;
            case ValueShape.List:
                errors.Add($"{path}: expected list, got &{{{value}}}");
                break;
            default:
                Scalar(schema.Shape, value, path, errors);
                break;
        }
    }

    private static void Items(ValueSchema schema, FieldShape shape, TreeList list, string path, List<string> errors)
    {
        var seen = new HashSet<string>(StringComparer.Ordinal);
        for (var i = 0; i < list.Items.Count; i++)
        {
            var item = list.Items[i];
            var at = $"{path}[{i}]";
            if (shape.IsList)
            {
                if (Unfit(shape, item) is { } why)
                {
                    errors.Add($"{path}: element {i}: {why}");
                    continue;
                }

                var shown = shape.Form == FieldForm.SetList
                    ? $"[={Encoding.UTF8.GetString(JsonTree.Encode(item))}]"
                    : FieldPaths.OfKeys(FieldTrees.KeysOf(shape, item));
                at = path + shown;
                if (!seen.Add(FieldTrees.OfItem(shape, item)))
                {
                    errors.Add($"{path}: duplicate entries for key {shown}");
                }
            }

            Value(schema.Element!, shape.Element ?? FieldShape.Deduced, item, at, errors);
        }
    }

    private static string? Unfit(FieldShape shape, JsonTree? item)
    {
        if (shape.Form == FieldForm.SetList)
        {
            return item switch
            {
                null => "associative list without keys has an element that's an explicit null",
                TreeMap => "associative list without keys has an element that's a map type",
                TreeList => "not supported: associative list with lists as elements",
                _ => null,
            };
        }

        if (item is not TreeMap map)
        {
            return item is null ? "associative list with keys may not have a null element"
                : "associative list with keys may not have non-map elements";
        }

        foreach (var key in shape.Keys)
        {
            var name = Encoding.UTF8.GetString(key.Name);
            if (key.Default is null && !map.Members.ContainsKey(name))
            {
                return $"associative list with keys has an element that omits key field {FieldError.Quote(name)} "
                    + "(and doesn't have default value)";
            }
        }

        return null;
    }

    private static void Scalar(ValueShape shape, JsonTree value, string path, List<string> errors)
    {
        var expected = shape switch
        {
            ValueShape.Text or ValueShape.Bytes when value is not TreeText => "string",
            ValueShape.Bool when value is not TreeBool => "boolean",
            ValueShape.Int32 or ValueShape.Int64 or ValueShape.UInt32 or ValueShape.Byte or ValueShape.Double
                when value is not TreeNumber => "numeric (int or float)",
            _ => null,
        };
        if (expected is not null)
        {
            errors.Add($"{path}: expected {expected}, got {Shown(expected, value)}");
        }
    }

    // The verbs of Go's fmt with which the three messages print what they got.
    private static string Shown(string expected, JsonTree value) => expected switch
    {
        "string" => $"&value.valueUnstructured{{Value:{GoSyntax(value)}}}",
        "boolean" => $"&{{{value}}}",
        _ => value switch
        {
            TreeText => "string",
            TreeBool => "bool",
            TreeMap => "map[string]interface {}",
            _ => "[]interface {}",
        },
    };

    private static string GoSyntax(JsonTree value) => value switch
    {
        TreeMap => "map[string]interface {}{" + string.Join(", ", ((TreeMap)value).Members
            .OrderBy(static pair => pair.Key, StringComparer.Ordinal)
            .Select(static pair => $"{FieldError.Quote(pair.Key)}:{Interface(pair.Value)}")) + "}",
        TreeList => $"[]interface {{}}{{{string.Join(", ", ((TreeList)value).Items.Select(Interface))}}}",
        _ => value.ToString(),
    };

    private static string Interface(JsonTree? value) => value switch
    {
        null => "interface {}(nil)",
        TreeText text => FieldError.Quote(text.Value),
        _ => GoSyntax(value),
    };
}
