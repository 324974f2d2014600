using System.Text;

namespace Netes.Cel;

/// <summary>charAt, indexOf, join, replace, split, substring, trim, format and their like; positions count code
/// points. Source: cel-go ext/strings.go, version 2.</summary>
internal static class StringFunctions
{
    private static readonly CelType _text = CelType.String, _number = CelType.Int;

    public static void Register(FunctionTable functions)
    {
        functions.Member("charAt", "string_char_at_int", [_text, _number], _text, a => CharAt(S(a[0]), N(a[1])));
        functions.Member("indexOf", "string_index_of_string", [_text, _text], _number,
            a => IndexOf(S(a[0]), S(a[1]), 0));
        functions.Member("indexOf", "string_index_of_string_int", [_text, _text, _number], _number,
            a => IndexOf(S(a[0]), S(a[1]), N(a[2])));
        functions.Member("lastIndexOf", "string_last_index_of_string", [_text, _text], _number,
            a => LastIndexOf(S(a[0]), S(a[1]), null));
        functions.Member("lastIndexOf", "string_last_index_of_string_int", [_text, _text, _number], _number,
            a => LastIndexOf(S(a[0]), S(a[1]), N(a[2])));
        functions.Member("lowerAscii", "string_lower_ascii", [_text], _text,
            a => CelValue.Of(string.Concat(S(a[0]).Select(c => char.IsAsciiLetterUpper(c) ? (char)(c | 32) : c))));
        functions.Member("upperAscii", "string_upper_ascii", [_text], _text,
            a => CelValue.Of(string.Concat(S(a[0]).Select(c => char.IsAsciiLetterLower(c) ? (char)(c & ~32) : c))));
        functions.Member("replace", "string_replace_string_string", [_text, _text, _text], _text,
            a => Replace(S(a[0]), S(a[1]), S(a[2]), -1));
        functions.Member("replace", "string_replace_string_string_int", [_text, _text, _text, _number], _text,
            a => Replace(S(a[0]), S(a[1]), S(a[2]), N(a[3])));
        functions.Member("split", "string_split_string", [_text, _text], CelType.List(_text),
            a => Split(S(a[0]), S(a[1]), -1));
        functions.Member("split", "string_split_string_int", [_text, _text, _number], CelType.List(_text),
            a => Split(S(a[0]), S(a[1]), N(a[2])));
        functions.Member("substring", "string_substring_int", [_text, _number], _text,
            a => Substring(S(a[0]), N(a[1]), a[0].Size!.Value, onlyStart: true));
        functions.Member("substring", "string_substring_int_int", [_text, _number, _number], _text,
            a => Substring(S(a[0]), N(a[1]), N(a[2]), onlyStart: false));
        functions.Member("trim", "string_trim", [_text], _text, a => CelValue.Of(S(a[0]).Trim()));
        functions.Global("strings.quote", "strings_quote", [_text], _text, a => CelValue.Of(Text.Quote(S(a[0]))));
        functions.Member("format", "string_format_list_string", [_text, CelType.List(CelType.Dyn)], _text,
            a => StringFormat.Format(S(a[0]), (CelList)a[1]));
        functions.Member("join", "list_join", [CelType.List(_text)], _text, a => Join((CelList)a[0], ""));
        functions.Member("join", "list_join_string", [CelType.List(_text), _text], _text,
            a => Join((CelList)a[0], S(a[1])));
    }

    private static string S(CelValue value) => ((CelString)value).Value;

    private static long N(CelValue value) => ((CelInt)value).Value;

    private static CelError OutOfRange(long index) => new($"index out of range: {index}");

    private static CelValue CharAt(string text, long index)
    {
        var size = Text.CodePoints(text);
        if (index < 0 || index > size)
        {
            return OutOfRange(index);
        }

        var start = Text.IndexOf(text, index);
        return CelValue.Of(text[start..(start + Text.IndexOf(text[start..], 1))]);
    }

    private static CelValue IndexOf(string text, string wanted, long offset)
    {
        if (offset < 0 || offset > Text.CodePoints(text))
        {
            return wanted.Length == 0 && offset >= 0 ? CelValue.Of(offset) : offset < 0 ? OutOfRange(offset)
                : CelValue.Of(-1);
        }

        var found = text.IndexOf(wanted, Text.IndexOf(text, offset), StringComparison.Ordinal);
        return CelValue.Of(found < 0 ? -1 : Text.CodePoints(text[..found]));
    }

    private static CelValue LastIndexOf(string text, string wanted, long? offset)
    {
        var size = Text.CodePoints(text);
        if (offset is < 0 || offset > size)
        {
            return OutOfRange(offset.Value);
        }

        // A find may begin at the offset, and not behind it.
        var end = (int)Math.Min(text.Length, Text.IndexOf(text, offset ?? size) + (long)wanted.Length);
        var found = text[..end].LastIndexOf(wanted, StringComparison.Ordinal);
        return CelValue.Of(found < 0 ? -1 : Text.CodePoints(text[..found]));
    }

    private static CelValue Replace(string text, string old, string with, long most)
    {
        var made = new StringBuilder();
        var at = 0;
        for (; most != 0; most--)
        {
            var found = old.Length == 0 ? at : text.IndexOf(old, at, StringComparison.Ordinal);
            if (found < 0)
            {
                break;
            }

            made.Append(text, at, found - at).Append(with);
            if (made.Length > StringFormat.MostLength)
            {
                return new CelError("string size limit exceeded");
            }

            at = found + old.Length;
            if (old.Length == 0)
            {
                if (at >= text.Length)
                {
                    break;
                }

                var next = Text.IndexOf(text[at..], 1);
                made.Append(text, at, next);
                at += next;
            }
        }

        return new CelString(made.Append(text, at, text.Length - at).ToString());
    }

    private static CelListValue Split(string text, string separator, long most)
    {
        if (most == 0)
        {
            return new CelListValue([]);
        }

        IReadOnlyList<string> parts = separator.Length > 0
            ? text.Split(separator, most < 0 ? int.MaxValue : (int)Math.Min(most, int.MaxValue))
            : Text.Split(text);
        if (separator.Length == 0 && most > 0 && parts.Count > most)
        {
            parts = [.. parts.Take((int)most - 1), string.Concat(parts.Skip((int)most - 1))];
        }

        return new CelListValue([.. parts.Select(CelValue.Of)]);
    }

    private static CelValue Substring(string text, long start, long end, bool onlyStart)
    {
        var size = Text.CodePoints(text);
        if (!onlyStart && start > end)
        {
            return new CelError($"invalid substring range. start: {start}, end: {end}");
        }

        if (start < 0 || start > size)
        {
            return OutOfRange(start);
        }

        return end < 0 || end > size ? OutOfRange(end)
            : CelValue.Of(text[Text.IndexOf(text, start)..Text.IndexOf(text, end)]);
    }

    private static CelValue Join(CelList list, string separator) => list.Elements().All(one => one is CelString)
        ? CelValue.Of(string.Join(separator, list.Elements().Select(S))) : CelError.NoSuchOverload;
}
