using System.Collections.Concurrent;
using System.Text;
using System.Text.RegularExpressions;

namespace Netes.Cel;

/// <summary>RE2's patterns on .NET's linear-time engine: no pattern and no text makes a match run away.
/// Source: github.com/google/re2 doc/syntax.txt.</summary>
internal static partial class Patterns
{
    // RE2: a repeat count, also of repeats within repeats, is at most 1000.
    private const int MostCached = 1000, MostLength = 4096, MostRepeats = 1000;

    private static readonly ConcurrentDictionary<string, Regex> _known = new();

    public static Regex? Get(string pattern, out string error)
    {
        error = "";
        if (_known.TryGetValue(pattern, out var known))
        {
            return known;
        }

        if (pattern.Length > MostLength || Repeats(pattern) > MostRepeats)
        {
            error = $"error parsing regexp: invalid repeat count or expression too large: `{pattern}`";
            return null;
        }

        try
        {
            var made = new Regex(Translate(pattern), RegexOptions.NonBacktracking | RegexOptions.CultureInvariant);
            if (_known.Count >= MostCached)
            {
                _known.Clear();
            }

            _known[pattern] = made;
            return made;
        }
        catch (Exception failure) when (failure is ArgumentException or NotSupportedException)
        {
            error = $"error parsing regexp: {Words(failure)}: `{pattern}`";
            return null;
        }
    }

    // How often the innermost piece is repeated at most, when counts within groups multiply.
    private static long Repeats(string pattern)
    {
        var most = 1L;
        var groups = new Stack<long>();
        var (inner, piece) = (1L, 1L);
        for (var i = 0; i < pattern.Length; i++)
        {
            switch (pattern[i])
            {
                case '\\':
                    i++;
                    piece = 1;
                    break;
                case '(':
                    groups.Push(inner);
                    (inner, piece) = (1, 1);
                    break;
                case ')' when groups.Count > 0:
                    piece = inner;
                    inner = Math.Max(inner, groups.Pop());
                    break;
                case '{' when Repeat().Match(pattern, i) is { Success: true } count:
                    piece = Math.Min(long.MaxValue / (MostRepeats * 1000L), piece * Count(count));
                    inner = Math.Max(inner, piece);
                    most = Math.Max(most, piece);
                    i += count.Length - 1;
                    break;
                default:
                    piece = 1;
                    break;
            }
        }

        return most;
    }

    private static long Count(Match repeat)
    {
        var text = repeat.Groups[2].Length > 0 ? repeat.Groups[2].Value : repeat.Groups[1].Value;
        return long.TryParse(text, out var count) ? Math.Clamp(count, 1, MostRepeats + 1) : MostRepeats + 1;
    }

    private static string Words(Exception failure) => failure is not RegexParseException parse
        ? "invalid or unsupported Perl syntax"
        : parse.Error switch
        {
            RegexParseError.InsufficientClosingParentheses => "missing closing )",
            RegexParseError.InsufficientOpeningParentheses => "unexpected )",
            RegexParseError.UnterminatedBracket => "missing closing ]",
            RegexParseError.QuantifierAfterNothing => "missing argument to repetition operator",
            RegexParseError.NestedQuantifiersNotParenthesized => "invalid nested repetition operator",
            RegexParseError.UnescapedEndingBackslash => "trailing backslash at end of expression",
            RegexParseError.ReversedCharacterRange => "invalid character class range",
            RegexParseError.UnrecognizedEscape => "invalid escape sequence",
            _ => "invalid or unsupported Perl syntax",
        };

    // RE2: classes of letters are ASCII's, $ is the very end, names are (?P<n>...), classes may be [[:alpha:]].
    private static string Translate(string pattern)
    {
        var text = new StringBuilder(pattern.Length + 16);
        var inClass = false;
        for (var i = 0; i < pattern.Length; i++)
        {
            var c = pattern[i];
            if (c == '\\' && i + 1 < pattern.Length)
            {
                text.Append(Escaped(pattern, ref i, inClass));
            }
            else if (inClass && Posix().Match(pattern, i) is { Success: true } named && named.Index == i)
            {
                text.Append(Class(named.Groups[1].Value));
                i += named.Length - 1;
            }
            else if (c == '[' && !inClass)
            {
                inClass = true;
                text.Append(c);
                // A bracket that stands first is a member.
                i += Copy(pattern, i + 1, '^', text);
                i += pattern.AsSpan(i + 1).StartsWith("]") ? CopyEscaped(text) : 0;
            }
            else
            {
                inClass &= c != ']';
                text.Append(c switch
                {
                    '[' => "\\[",
                    '$' when !inClass && !pattern.StartsWith("(?m", StringComparison.Ordinal) => "\\z",
                    '(' when pattern.AsSpan(i).StartsWith("(?P<") && !inClass => "(",
                    _ => c.ToString(),
                });
                if (c == '(' && !inClass && pattern.AsSpan(i).StartsWith("(?P<"))
                {
                    text.Append('?');
                    i += 2;
                }
            }
        }

        return text.ToString();
    }

    private static int Copy(string pattern, int at, char wanted, StringBuilder text)
    {
        if (at >= pattern.Length || pattern[at] != wanted)
        {
            return 0;
        }

        text.Append(wanted);
        return 1;
    }

    private static int CopyEscaped(StringBuilder text)
    {
        text.Append("\\]");
        return 1;
    }

    private static string Escaped(string pattern, ref int i, bool inClass)
    {
        var c = pattern[++i];
        switch (c)
        {
            case 'd' or 'w' or 's':
                return inClass ? Class(c.ToString()) : $"[{Class(c.ToString())}]";
            case 'D' or 'W' or 'S' when !inClass:
                return $"[^{Class(char.ToLowerInvariant(c).ToString())}]";
            case 'z':
                return "\\z";
            case 'p' or 'P' when i + 1 < pattern.Length && pattern[i + 1] != '{':
                return $"\\{c}{{{pattern[++i]}}}";
            case 'Q':
                var end = pattern.IndexOf("\\E", i, StringComparison.Ordinal);
                var quoted = pattern[(i + 1)..(end < 0 ? pattern.Length : end)];
                i = end < 0 ? pattern.Length : end + 1;
                return Regex.Escape(quoted);
            case >= '1' and <= '9' or 'k' or 'G' or 'Z' or 'c':
                throw new ArgumentException("RE2 has no backreferences");
            default:
                return "\\" + c;
        }
    }

    private static string Class(string name) => name switch
    {
        "d" or "digit" => "0-9",
        "w" or "word" => "0-9A-Za-z_",
        "s" => "\\t\\n\\f\\r ",
        "space" => "\\t\\n\\v\\f\\r ",
        "alpha" => "A-Za-z",
        "alnum" => "0-9A-Za-z",
        "upper" => "A-Z",
        "lower" => "a-z",
        "xdigit" => "0-9A-Fa-f",
        "blank" => "\\t ",
        "cntrl" => "\\x00-\\x1F\\x7F",
        "graph" => "!-~",
        "print" => " -~",
        "ascii" => "\\x00-\\x7F",
        "punct" => "!-/:-@\\[-`{-~",
        _ => throw new ArgumentException($"invalid character class range: {name}"),
    };

    [GeneratedRegex(@"\G\[:([a-z]+):\]")]
    private static partial Regex Posix();

    [GeneratedRegex(@"\G\{(\d+)(?:,(\d*))?\}")]
    private static partial Regex Repeat();
}
