using System.Globalization;
using System.Text.RegularExpressions;

namespace Netes.Cel;

/// <summary>format.dns1123Label().validate(name) and its like: none where the text is right, else what is wrong.
/// Source: apiserver pkg/cel/library/format.go; apimachinery pkg/util/validation.</summary>
internal static partial class FormatFunctions
{
    private const string Label = "a lowercase RFC 1123 label must consist of lower case alphanumeric characters or '-', and must start and end with an alphanumeric character (e.g. 'my-name',  or '123-abc', regex used for validation is '[a-z0-9]([-a-z0-9]*[a-z0-9])?')";
    private const string Subdomain = "a lowercase RFC 1123 subdomain must consist of lower case alphanumeric characters, '-' or '.', and must start and end with an alphanumeric character (e.g. 'example.com', regex used for validation is '[a-z0-9]([-a-z0-9]*[a-z0-9])?(\\.[a-z0-9]([-a-z0-9]*[a-z0-9])?)*')";
    private const string Label1035 = "a DNS-1035 label must consist of lower case alphanumeric characters or '-', start with an alphabetic character, and end with an alphanumeric character (e.g. 'my-name',  or 'abc-123', regex used for validation is '[a-z]([-a-z0-9]*[a-z0-9])?')";
    private const string Value = "a valid label must be an empty string or consist of alphanumeric characters, '-', '_' or '.', and must start and end with an alphanumeric character (e.g. 'MyValue',  or 'my_value',  or '12345', regex used for validation is '(([A-Za-z0-9][-A-Za-z0-9_.]*)?[A-Za-z0-9])?')";
    private const string Name = "name part must consist of alphanumeric characters, '-', '_' or '.', and must start and end with an alphanumeric character (e.g. 'MyName',  or 'my.name',  or '123-abc', regex used for validation is '([A-Za-z0-9][-A-Za-z0-9_.]*)?[A-Za-z0-9]')";

    private static readonly CelFormat[] _formats =
    [
        new("dns1123Label", text => Check(text, 63, LabelForm(), Label)),
        new("dns1123Subdomain", text => Check(text, 253, SubdomainForm(), Subdomain)),
        new("dns1035Label", text => Check(text, 63, Label1035Form(), Label1035)),
        new("qualifiedName", QualifiedName),
        new("dns1123LabelPrefix", text => Check(Masked(text), 63, LabelForm(), Label)),
        new("dns1123SubdomainPrefix", text => Check(Masked(text), 253, SubdomainForm(), Subdomain)),
        new("dns1035LabelPrefix", text => Check(Masked(text), 63, Label1035Form(), Label1035)),
        new("labelValue", text => Check(text, 63, ValueForm(), Value)),
        new("uri", text => CelUrl.Parse(text) is null ? ["invalid URI"] : []),
        new("uuid", text => UuidForm().IsMatch(text) ? [] : ["does not match the UUID format"]),
        new("byte", text => IsBase64(text) ? [] : ["invalid base64"]),
        new("date", text => DateTime.TryParseExact(text, "yyyy-MM-dd", CultureInfo.InvariantCulture,
            DateTimeStyles.None, out _) ? [] : ["invalid date"]),
        new("datetime", text => CelTimestamp.Parse(text) is null ? ["invalid datetime"] : []),
    ];

    public static void Register(FunctionTable functions)
    {
        foreach (var format in _formats)
        {
            functions.Global("format." + format.Name, "format_" + format.Name, [], CelType.NamedFormat, _ => format);
        }

        functions.Global("format.named", "format_named", [CelType.String], CelType.Optional(CelType.NamedFormat),
            a => Array.Find(_formats, format => format.Name == ((CelString)a[0]).Value) is { } found
                ? new CelOptional(found) : CelOptional.None);
        functions.Member("validate", "format_validate", [CelType.NamedFormat, CelType.String],
            CelType.Optional(CelType.List(CelType.String)), a => Validate((CelFormat)a[0], ((CelString)a[1]).Value));
    }

    private static CelOptional Validate(CelFormat format, string text)
    {
        var errors = format.Validate(text);
        return errors.Count == 0 ? CelOptional.None
            : new CelOptional(CelValue.List([.. errors.Select(CelValue.Of)]));
    }

    private static List<string> Check(string text, int most, Regex form, string message)
    {
        var errors = new List<string>();
        if (text.Length > most)
        {
            errors.Add($"must be no more than {most} characters");
        }

        // These forms backtrack: a text that is far too long is not also looked through.
        if (text.Length <= 4 * most && !form.IsMatch(text))
        {
            errors.Add(message);
        }

        return errors;
    }

    // A prefix may end in a dash, since more comes.
    private static string Masked(string text) => text.Length > 1 && text.EndsWith('-') ? text[..^2] + "a" : text;

    private static List<string> QualifiedName(string text)
    {
        var parts = text.Split('/');
        if (parts.Length > 2)
        {
            return ["a qualified name must consist of alphanumeric characters, '-', '_' or '.', and must start and end with an alphanumeric character (e.g. 'MyName',  or 'my.name',  or '123-abc', regex used for validation is '([A-Za-z0-9][-A-Za-z0-9_.]*)?[A-Za-z0-9]') with an optional DNS subdomain prefix and '/' (e.g. 'example.com/MyName')"];
        }

        var errors = new List<string>();
        if (parts.Length == 2)
        {
            errors.AddRange(parts[0].Length == 0 ? ["prefix part must be non-empty"]
                : Check(parts[0], 253, SubdomainForm(), Subdomain).Select(error => "prefix part " + error));
        }

        var name = parts[^1];
        if (name.Length is 0 or > 63)
        {
            errors.Add(name.Length == 0 ? "name part must be non-empty"
                : "name part must be no more than 63 characters");
        }

        return name.Length > 252 || NameForm().IsMatch(name) ? errors : [.. errors, Name];
    }

    private static bool IsBase64(string text) => text.All(c => c is '\n' or '\r' || !char.IsWhiteSpace(c))
        && Convert.TryFromBase64String(text, new byte[text.Length], out _);

    [GeneratedRegex(@"^[a-z0-9]([-a-z0-9]*[a-z0-9])?\z")]
    private static partial Regex LabelForm();

    [GeneratedRegex(@"^[a-z0-9]([-a-z0-9]*[a-z0-9])?(\.[a-z0-9]([-a-z0-9]*[a-z0-9])?)*\z")]
    private static partial Regex SubdomainForm();

    [GeneratedRegex(@"^[a-z]([-a-z0-9]*[a-z0-9])?\z")]
    private static partial Regex Label1035Form();

    [GeneratedRegex(@"^(([A-Za-z0-9][-A-Za-z0-9_.]*)?[A-Za-z0-9])?\z")]
    private static partial Regex ValueForm();

    [GeneratedRegex(@"^([A-Za-z0-9][-A-Za-z0-9_.]*)?[A-Za-z0-9]\z")]
    private static partial Regex NameForm();

    [GeneratedRegex(@"^[0-9a-fA-F]{8}-?[0-9a-fA-F]{4}-?[0-9a-fA-F]{4}-?[0-9a-fA-F]{4}-?[0-9a-fA-F]{12}\z")]
    private static partial Regex UuidForm();
}
