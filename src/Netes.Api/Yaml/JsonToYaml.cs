using System.Text;

namespace Netes.Api;

/// <summary>JSON → YAML in block style, keys in order, lists at their key's indent, as Kubernetes writes it.</summary>
public static class JsonToYaml
{
    /// <exception cref="FormatException">The text is not JSON.</exception>
    public static string Convert(ReadOnlySpan<byte> json) => JsonTree.TryParse(json, out var tree, out var error)
        ? Convert(tree)
        : throw new FormatException(error);

    public static string Convert(JsonTree? tree)
    {
        var text = new StringBuilder();
        Write(text, tree, 0);
        return text.ToString();
    }

    private static void Write(StringBuilder text, JsonTree? value, int indent)
    {
        switch (value)
        {
            case TreeMap { Members.Count: > 0 } map:
                WriteMap(text, map, indent, firstIndented: true);
                break;
            case TreeList { Items.Count: > 0 } list:
                WriteList(text, list, indent);
                break;
            default:
                text.Append(Inline(value, indent)).Append('\n');
                break;
        }
    }

    private static void WriteMap(StringBuilder text, TreeMap map, int indent, bool firstIndented)
    {
        foreach (var (name, value) in map.Members.OrderBy(pair => pair.Key, StringComparer.Ordinal))
        {
            text.Append(' ', firstIndented ? indent : 0).Append(Scalar(name, indent)).Append(':');
            firstIndented = true;
            if (value is TreeMap { Members.Count: > 0 } inner)
            {
                text.Append('\n');
                WriteMap(text, inner, indent + 2, firstIndented: true);
            }
            else if (value is TreeList { Items.Count: > 0 } list)
            {
                text.Append('\n');
                WriteList(text, list, indent);
            }
            else
            {
                text.Append(' ').Append(Inline(value, indent)).Append('\n');
            }
        }
    }

    private static void WriteList(StringBuilder text, TreeList list, int indent)
    {
        foreach (var item in list.Items)
        {
            text.Append(' ', indent).Append("- ");
            switch (item)
            {
                case TreeMap { Members.Count: > 0 } map:
                    WriteMap(text, map, indent + 2, firstIndented: false);
                    break;
                case TreeList { Items.Count: > 0 } inner:
                    var nested = new StringBuilder();
                    WriteList(nested, inner, indent + 2);
                    text.Append(nested.ToString().AsSpan(indent + 2));
                    break;
                default:
                    text.Append(Inline(item, indent)).Append('\n');
                    break;
            }
        }
    }

    private static string Inline(JsonTree? value, int indent) => value switch
    {
        null => "null",
        TreeText text => Scalar(text.Value, indent),
        TreeMap => "{}",
        TreeList => "[]",
        _ => value.ToString(),
    };

    private static string Scalar(string text, int indent)
    {
        if (text.Contains('\n') && IsPrintable(text, orNewLine: true) && text[0] is not (' ' or '\n'))
        {
            return Literal(text, indent);
        }

        if (!IsPrintable(text, orNewLine: false))
        {
            return Encoding.UTF8.GetString(JsonTree.Encode(new TreeText(text)));
        }

        return text.Length == 0 || YamlScalars.IsAmbiguous(text) ? $"\"{text}\""
            : IsPlain(text) ? text
            : $"'{text.Replace("'", "''")}'";
    }

    private static string Literal(string text, int indent)
    {
        var ends = text.EndsWith("\n\n", StringComparison.Ordinal) ? "+" : text.EndsWith('\n') ? "" : "-";
        var literal = new StringBuilder("|").Append(ends);
        var lines = text.Split('\n');
        for (var i = 0; i < lines.Length - (text.EndsWith('\n') ? 1 : 0); i++)
        {
            literal.Append('\n').Append(' ', lines[i].Length == 0 ? 0 : indent + 2).Append(lines[i]);
        }

        return literal.ToString();
    }

    private static bool IsPrintable(string text, bool orNewLine) => text.All(character => character switch
    {
        '\n' => orNewLine,
        < ' ' or '\x7f' or (>= '\x80' and < '\xa0' and not '\x85') or '\u2028' or '\u2029' or '\ufeff' => false,
        _ => true,
    });

    /// <summary>May stand without quotes: no indicator in front, nothing inside that ends it.</summary>
    private static bool IsPlain(string text)
    {
        var first = text[0];
        if (",[]{}#&*!|>'\"%@`".Contains(first) || (first is '-' or '?' or ':' && (text.Length == 1 || text[1] == ' ')))
        {
            return false;
        }

        return first != ' ' && text[^1] is not (' ' or ':') && !text.Contains(": ") && !text.Contains(" #")
            && !text.StartsWith("---", StringComparison.Ordinal) && !text.StartsWith("...", StringComparison.Ordinal);
    }
}
