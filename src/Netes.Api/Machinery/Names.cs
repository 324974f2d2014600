using System.Buffers;
using System.Globalization;

namespace Netes.Api;

/// <summary>
/// The grammars of names, labels and keys. Each answers what is wrong with a value: no message means valid.
/// Source: apimachinery pkg/util/validation/validation.go.
/// </summary>
public static partial class Names
{
    private const string LabelFormat = "[a-z0-9]([-a-z0-9]*[a-z0-9])?";
    private const string SubdomainFormat = LabelFormat + @"(\." + LabelFormat + ")*";
    private const string UnderscoreLabelFormat = "_?[a-z0-9]([-_a-z0-9]*[a-z0-9])?";
    private const string QualifiedFormat = "([A-Za-z0-9][-A-Za-z0-9_.]*)?[A-Za-z0-9]";
    private const int LabelLength = 63;
    private const int SubdomainLength = 253;

    private const string LabelMessage = "a lowercase RFC 1123 label must consist of lower case alphanumeric characters "
        + "or '-', and must start and end with an alphanumeric character";

    private const string SubdomainMessage = "a lowercase RFC 1123 subdomain must consist of lower case alphanumeric "
        + "characters, '-' or '.', and must start and end with an alphanumeric character";

    private const string UnderscoreSubdomainMessage = "a lowercase RFC 1123 subdomain must consist of lower case "
        + "alphanumeric characters, '_', '-' or '.', and must start and end with an alphanumeric character";

    private const string Rfc1035Message = "a DNS-1035 label must consist of lower case alphanumeric characters or '-', "
        + "start with an alphabetic character, and end with an alphanumeric character";

    private const string WildcardMessage = "a wildcard DNS-1123 subdomain must start with '*.', followed by a "
        + "valid DNS "
        + "subdomain, which must consist of lower case alphanumeric characters, '-' or '.' and end with an "
        + "alphanumeric "
        + "character";

    private const string QualifiedMessage = "must consist of alphanumeric characters, '-', '_' or '.', and must "
        + "start and "
        + "end with an alphanumeric character";

    private const string LabelValueMessage = "a valid label must be an empty string or consist of alphanumeric "
        + "characters, "
        + "'-', '_' or '.', and must start and end with an alphanumeric character";

    private static readonly SearchValues<char> LowerDash = SearchValues.Create("-abcdefghijklmnopqrstuvwxyz0123456789");
    private static readonly SearchValues<char> LowerDashUnderscore =
        SearchValues.Create("-_abcdefghijklmnopqrstuvwxyz0123456789");
    private static readonly SearchValues<char> QualifiedCharacters =
        SearchValues.Create("-_.abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789");

    public static bool IsDns1123Label(string value) => value.Length <= LabelLength && MatchesLabel(value);

    public static bool IsDns1123Subdomain(string value) => value.Length <= SubdomainLength && MatchesSubdomain(value);

    public static bool IsDns1035Label(string value) => value.Length <= LabelLength && Matches1035(value);

    public static bool IsQualifiedName(string value) => QualifiedName(value).Count == 0;

    public static bool IsLabelValue(string value) =>
        value.Length == 0 || (value.Length <= LabelLength && MatchesQualified(value));

    public static IReadOnlyList<string> Dns1123Label(string value)
    {
        if (IsDns1123Label(value))
        {
            return [];
        }

        var errors = TooLong(value, LabelLength);
        if (!MatchesLabel(value))
        {
            errors.Add(MatchesSubdomain(value)
                ? "must not contain dots"
                : Pattern(LabelMessage, LabelFormat, "my-name", "123-abc"));
        }

        return errors;
    }

    public static IReadOnlyList<string> Dns1123Subdomain(string value) => IsDns1123Subdomain(value)
        ? []
        : Check(value, SubdomainLength, MatchesSubdomain, SubdomainMessage, SubdomainFormat, "example.com");

    public static IReadOnlyList<string> Dns1123SubdomainWithUnderscore(string value) => Check(
        value, SubdomainLength, static text => MatchesDotted(text, MatchesUnderscoreLabel), UnderscoreSubdomainMessage,
        UnderscoreLabelFormat + @"(\." + UnderscoreLabelFormat + ")*", "example.com");

    public static IReadOnlyList<string> Dns1035Label(string value) => IsDns1035Label(value)
        ? []
        : Check(value, LabelLength, Matches1035, Rfc1035Message, "[a-z]([-a-z0-9]*[a-z0-9])?", "my-name", "abc-123");

    public static IReadOnlyList<string> WildcardDns1123Subdomain(string value) => Check(
        value, SubdomainLength,
        static text => text.StartsWith("*.", StringComparison.Ordinal) && MatchesSubdomain(text.AsSpan(2)),
        WildcardMessage, @"\*\." + SubdomainFormat, "*.example.com");

    public static IReadOnlyList<string> LabelValue(string value) => IsLabelValue(value)
        ? []
        : Check(value, LabelLength, static text => text.Length == 0 || MatchesQualified(text), LabelValueMessage,
            $"({QualifiedFormat})?", "MyValue", "my_value", "12345");

    /// <summary>
    /// An optional DNS subdomain and '/', then a name: the keys of labels, annotations, taints, resources.
    /// </summary>
    public static IReadOnlyList<string> QualifiedName(string value)
    {
        var slash = value.IndexOf('/', StringComparison.Ordinal);
        if (slash < 0 ? value.Length <= LabelLength && MatchesQualified(value) : false)
        {
            return [];
        }

        if (slash != value.LastIndexOf('/'))
        {
            return
            [
                $"a qualified name {Pattern(QualifiedMessage, QualifiedFormat, "MyName", "my.name", "123-abc")}"
                + " with an optional DNS subdomain prefix and '/' (e.g. 'example.com/MyName')",
            ];
        }

        List<string> errors = [];
        if (slash >= 0)
        {
            var prefix = value[..slash];
            errors.AddRange(
                (prefix.Length == 0 ? [Empty] : Dns1123Subdomain(prefix)).Select(text => $"prefix part {text}"));
        }

        var name = value[(slash + 1)..];
        if (name.Length == 0)
        {
            errors.Add($"name part {Empty}");
        }
        else if (name.Length > LabelLength)
        {
            errors.Add($"name part {MaxLength(LabelLength)}");
        }

        if (!MatchesQualified(name))
        {
            errors.Add($"name part {Pattern(QualifiedMessage, QualifiedFormat, "MyName", "my.name", "123-abc")}");
        }

        return errors;
    }

    /// <summary>
    /// What stands between two slashes of a URL: the names of RBAC objects and of many cluster-wide kinds.
    /// </summary>
    public static IReadOnlyList<string> PathSegment(string value)
    {
        if (value is "." or "..")
        {
            return [$"may not be '{value}'"];
        }

        List<string> errors = [];
        foreach (var illegal in (ReadOnlySpan<string>)["/", "%"])
        {
            if (value.Contains(illegal, StringComparison.Ordinal))
            {
                errors.Add($"may not contain '{illegal}'");
            }
        }

        return errors;
    }

    internal const string Empty = "must be non-empty";

    internal static string MaxLength(int length) => FormattableString.Invariant($"must be no more than {length} bytes");

    internal static string Range(long low, long high) => string.Create(
        CultureInfo.InvariantCulture, $"must be between {low} and {high}, inclusive");

    internal static string Pattern(string message, string pattern, params ReadOnlySpan<string> examples)
    {
        if (examples.IsEmpty)
        {
            return $"{message} (regex used for validation is '{pattern}')";
        }

        var shown = string.Concat(examples.ToArray().Select((example, i) => $"{(i > 0 ? " or " : "")}'{example}', "));
        return $"{message} (e.g. {shown}regex used for validation is '{pattern}')";
    }

    private static List<string> Check(
        string value, int length, Func<string, bool> matches, string message, string pattern,
        params ReadOnlySpan<string> examples)
    {
        var errors = TooLong(value, length);
        if (!matches(value))
        {
            errors.Add(Pattern(message, pattern, examples));
        }

        return errors;
    }

    private static List<string> TooLong(string value, int length) => value.Length > length ? [MaxLength(length)] : [];

    private static bool MatchesLabel(ReadOnlySpan<char> text) =>
        text.Length > 0 && text[0] != '-' && text[^1] != '-' && !text.ContainsAnyExcept(LowerDash);

    private static bool MatchesLabel(string text) => MatchesLabel(text.AsSpan());

    private static bool MatchesUnderscoreLabel(ReadOnlySpan<char> text)
    {
        var rest = text.StartsWith("_") ? text[1..] : text;
        return rest.Length > 0 && rest[0] is not ('-' or '_') && rest[^1] is not ('-' or '_')
            && !rest.ContainsAnyExcept(LowerDashUnderscore);
    }

    private static bool Matches1035(string text) => MatchesLabel(text) && !char.IsAsciiDigit(text[0]);

    private static bool MatchesSubdomain(string text) => MatchesDotted(text, MatchesLabel);

    private static bool MatchesSubdomain(ReadOnlySpan<char> text) => MatchesDotted(text, MatchesLabel);

    private static bool MatchesQualified(ReadOnlySpan<char> text) =>
        text.Length > 0 && char.IsAsciiLetterOrDigit(text[0]) && char.IsAsciiLetterOrDigit(text[^1])
        && !text.ContainsAnyExcept(QualifiedCharacters);

    private static bool MatchesDotted(ReadOnlySpan<char> text, Func<ReadOnlySpan<char>, bool> matches)
    {
        foreach (var part in text.Split('.'))
        {
            if (!matches(text[part]))
            {
                return false;
            }
        }

        return true;
    }
}
