using System.Globalization;
using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;

namespace Netes.Cli.Yaml;

/// <summary>
/// Writes a tree as YAML in block style, as kubectl writes a kubeconfig: two spaces, lists not indented.
/// </summary>
internal static class YamlWriter
{
    private static readonly string[] Words = ["", "~", "null", "true", "false", "yes", "no", "on", "off", "y", "n"];

    public static string Write(JsonNode? root)
    {
        var text = new StringBuilder();
        switch (root)
        {
            case JsonObject { Count: > 0 } mapping: WriteMapping(text, mapping, 0, ""); break;
            case JsonArray { Count: > 0 } array: WriteSequence(text, array, 0); break;
            default: text.Append(Inline(root)).Append('\n'); break;
        }

        return text.ToString();
    }

    /// <summary>A plain word that a reader would take for a number.</summary>
    public static bool LooksNumeric(string text) =>
        text.Length > 0 && (char.IsAsciiDigit(text[0]) || (text[0] is '-' or '+' or '.' && text.Length > 1
            && (char.IsAsciiDigit(text[1]) || text[1] == '.')));

    // The first key stands where the writer is already (after "- "), hence its own indentation.
    private static void WriteMapping(StringBuilder text, JsonObject mapping, int depth, string first)
    {
        var indent = first;
        foreach (var (key, value) in mapping)
        {
            text.Append(indent).Append(Scalar(key)).Append(':');
            indent = new string(' ', depth * 2);
            switch (value)
            {
                case JsonObject { Count: > 0 } inner:
                    text.Append('\n');
                    WriteMapping(text, inner, depth + 1, new string(' ', (depth + 1) * 2));
                    break;
                case JsonArray { Count: > 0 } inner:
                    text.Append('\n');
                    WriteSequence(text, inner, depth);
                    break;
                default:
                    text.Append(' ').Append(Inline(value)).Append('\n');
                    break;
            }
        }
    }

    private static void WriteSequence(StringBuilder text, JsonArray array, int depth)
    {
        foreach (var item in array)
        {
            text.Append(' ', depth * 2).Append("- ");
            switch (item)
            {
                case JsonObject { Count: > 0 } inner:
                    WriteMapping(text, inner, depth + 1, "");
                    break;
                case JsonArray { Count: > 0 } inner:
                    text.Append('\n');
                    WriteSequence(text, inner, depth + 1);
                    break;
                default:
                    text.Append(Inline(item)).Append('\n');
                    break;
            }
        }
    }

    private static string Inline(JsonNode? value) => value switch
    {
        null => "null",
        JsonObject => "{}",
        JsonArray => "[]",
        _ when value.GetValueKind() == JsonValueKind.String => Scalar(value.GetValue<string>()),
        _ => value.ToJsonString(),
    };

    private static string Scalar(string text) => IsPlain(text) ? text : Quote(text);

    private static bool IsPlain(string text) =>
        !Words.Contains(text.ToLowerInvariant()) && !LooksNumeric(text)
        && text.All(c => c is >= ' ' and < '\u007f')
        && !"-?:,[]{}#&*!|>'\"%@` ".Contains(text[0]) && text[^1] is not (' ' or ':')
        && !text.Contains(": ") && !text.Contains(" #");

    private static string Quote(string text)
    {
        var quoted = new StringBuilder("\"");
        foreach (var c in text)
        {
            quoted.Append(c switch
            {
                '"' => "\\\"",
                '\\' => "\\\\",
                '\n' => "\\n",
                '\t' => "\\t",
                < ' ' or '\u007f' => string.Create(CultureInfo.InvariantCulture, $"\\x{(int)c:x2}"),
                _ => c.ToString(),
            });
        }

        return quoted.Append('"').ToString();
    }
}
