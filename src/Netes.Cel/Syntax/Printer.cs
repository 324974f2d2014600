using System.Text;

namespace Netes.Cel;

/// <summary>A syntax tree (macros unexpanded) as text that parses to the same tree.
/// Source: cel-go parser/unparser.go.</summary>
internal static class Printer
{
    private const int Ternary = 0, Unary = 6, Member = 7;

    public static string Print(Expression expression)
    {
        var text = new StringBuilder();
        Write(text, expression, Ternary);
        return text.ToString();
    }

    private static void Write(StringBuilder text, Expression expression, int needed)
    {
        var open = Strength(expression) < needed;
        text.Append(open ? "(" : "");
        switch (expression)
        {
            case Constant constant:
                text.Append(Literal(constant.Value));
                break;
            case Identifier identifier:
                text.Append(identifier.Name);
                break;
            case Select select:
                Write(text, select.Operand, Member);
                text.Append(select.IsOptional ? ".?" : ".").Append(select.Field);
                break;
            case Call call:
                WriteCall(text, call);
                break;
            case ListLiteral list:
                WriteAll(text, "[", list.Elements, "]", element =>
                {
                    text.Append(element.IsOptional ? "?" : "");
                    Write(text, element.Value, Ternary);
                });
                break;
            case MapLiteral map:
                WriteAll(text, "{", map.Entries, "}", entry =>
                {
                    text.Append(entry.IsOptional ? "?" : "");
                    Write(text, entry.Key, Ternary);
                    text.Append(": ");
                    Write(text, entry.Value, Ternary);
                });
                break;
            case ObjectLiteral made:
                WriteAll(text, made.TypeName + "{", made.Fields, "}", field =>
                {
                    text.Append(field.IsOptional ? "?" : "").Append(field.Field).Append(": ");
                    Write(text, field.Value, Ternary);
                });
                break;
            default:
                throw new ArgumentException($"{expression.GetType().Name} is made by expansion: it has no text");
        }

        text.Append(open ? ")" : "");
    }

    private static int Strength(Expression expression) => expression switch
    {
        Call { Function: Operators.Conditional } => Ternary,
        Call { Function: Operators.Not or Operators.Negate } => Unary,
        Call { Target: null } call when Operators.ByFunction.TryGetValue(call.Function, out var found) =>
            found.Strength,
        // -1.5.f is the member of a literal, so a negative number may stand anywhere.
        _ => Member,
    };

    private static void WriteCall(StringBuilder text, Call call)
    {
        switch (call.Function)
        {
            case Operators.Conditional:
                Write(text, call.Arguments[0], 1);
                text.Append(" ? ");
                Write(text, call.Arguments[1], 1);
                text.Append(" : ");
                Write(text, call.Arguments[2], Ternary);
                return;
            case Operators.Not or Operators.Negate:
                text.Append(call.Function == Operators.Not ? '!' : '-');
                // Two in a row would vanish, and a minus would become part of the number.
                Write(text, call.Arguments[0], BeginsWithNumber(call.Arguments[0]) ? Member + 1 : Member);
                return;
            case Operators.Index or Operators.OptionalIndex:
                Write(text, call.Arguments[0], Member);
                text.Append(call.Function == Operators.Index ? "[" : "[?");
                Write(text, call.Arguments[1], Ternary);
                text.Append(']');
                return;
        }

        if (call.Target is null && Operators.ByFunction.TryGetValue(call.Function, out var found))
        {
            Write(text, call.Arguments[0], found.Strength <= 2 ? found.Strength + 1 : found.Strength);
            text.Append(' ').Append(found.Text).Append(' ');
            Write(text, call.Arguments[1], found.Strength + 1);
            return;
        }

        if (call.Target is not null)
        {
            Write(text, call.Target, Member);
            text.Append('.');
        }

        WriteAll(text, call.Function + "(", call.Arguments, ")", argument => Write(text, argument, Ternary));
    }

    private static bool BeginsWithNumber(Expression expression) => expression switch
    {
        Constant constant => constant.Value is CelInt or CelDouble,
        Select select => BeginsWithNumber(select.Operand),
        Call { Target: { } target } => BeginsWithNumber(target),
        Call { Function: Operators.Index or Operators.OptionalIndex } call => BeginsWithNumber(call.Arguments[0]),
        _ => false,
    };

    private static void WriteAll<T>(StringBuilder text, string open, IReadOnlyList<T> items, string close,
        Action<T> write)
    {
        text.Append(open);
        for (var i = 0; i < items.Count; i++)
        {
            text.Append(i > 0 ? ", " : "");
            write(items[i]);
        }

        text.Append(close);
    }

    private static string Literal(CelValue value) => value switch
    {
        CelString text => Text.Quote(text.Value),
        CelBytes bytes => "b\"" + string.Concat(bytes.Value.ToArray().Select(one => one is >= 32 and < 127
            and not ((byte)'"' or (byte)'\\') ? ((char)one).ToString() : $"\\x{one:x2}")) + "\"",
        CelUint number => number.ToString() + "u",
        CelDouble number => number.ToString() is var text && text.AsSpan().ContainsAny(".e") ? text : text + ".0",
        _ => value.ToString() ?? "",
    };
}
