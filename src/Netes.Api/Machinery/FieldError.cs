using System.Text;

namespace Netes.Api;

/// <summary>What is wrong with one field, in Kubernetes' words. Source: util/validation/field/errors.go.</summary>
/// <param name="Reason">The machine word in a Status cause, e.g. <c>FieldValueRequired</c>.</param>
/// <param name="Field">The path.</param>
/// <param name="Body">The message without the path, e.g. <c>Invalid value: "x": must be …</c>.</param>
public sealed record FieldError(string Reason, string Field, string Body)
{
    public string Message => $"{Field}: {Body}";

    public static FieldError Required(FieldPath path, string detail = "") =>
        new("FieldValueRequired", path.ToString(), Join("Required value", detail));

    /// <param name="path">The field.</param>
    /// <param name="value">The bad value as text, number or boolean; it is quoted as Go's <c>%q</c> when a
    /// text.</param>
    /// <param name="detail">What it must be.</param>
    public static FieldError Invalid(FieldPath path, object? value, string detail) =>
        new("FieldValueInvalid", path.ToString(), Join($"Invalid value: {Show(value)}", detail));

    public static FieldError Duplicate(FieldPath path, object? value) =>
        new("FieldValueDuplicate", path.ToString(), $"Duplicate value: {Show(value)}");

    public static FieldError Forbidden(FieldPath path, string detail) =>
        new("FieldValueForbidden", path.ToString(), Join("Forbidden", detail));

    public static FieldError NotFound(FieldPath path, object? value) =>
        new("FieldValueNotFound", path.ToString(), $"Not found: {Show(value)}");

    public static FieldError TooLong(FieldPath path, int maxLength) =>
        new("FieldValueTooLong", path.ToString(), $"Too long: may not be more than {maxLength} bytes");

    public static FieldError TooMany(FieldPath path, int actual, int max) =>
        new("FieldValueTooMany", path.ToString(), $"Too many: {actual}: must have at most {max} items");

    public static FieldError TypeInvalid(FieldPath path, object? value, string detail) =>
        new("FieldValueTypeInvalid", path.ToString(), Join($"Invalid value: {Show(value)}", detail));

    public static FieldError Internal(FieldPath path, string detail) =>
        new("InternalError", path.ToString(), Join("Internal error", detail));

    /// <param name="path">The field.</param>
    /// <param name="value">The bad value.</param>
    /// <param name="supported">The allowed values; listed in the order given, as Kubernetes sorts them.</param>
    public static FieldError NotSupported(FieldPath path, object? value, IEnumerable<string> supported) =>
        new("FieldValueNotSupported", path.ToString(),
            $"Unsupported value: {Show(value)}: supported values: {string.Join(", ", supported.Select(Quote))}");

    /// <summary>A value as Go's field errors show it.</summary>
    public static string Show(object? value) => value switch
    {
        null => "null",
        string text => Quote(text),
        bool flag => flag ? "true" : "false",
        Quantity quantity => Quote(quantity.ToString()),
        Timestamp time => time.ToDateTimeOffset().ToString(
            "yyyy-MM-dd HH:mm:ss '+0000 UTC'", System.Globalization.CultureInfo.InvariantCulture),
        IFormattable number => number.ToString(null, System.Globalization.CultureInfo.InvariantCulture),
        _ => value.ToString() ?? "null",
    };

    /// <summary>Go's <c>%q</c>.</summary>
    public static string Quote(string text)
    {
        var quoted = new StringBuilder("\"");
        foreach (var character in text)
        {
            _ = character switch
            {
                '"' => quoted.Append("\\\""),
                '\\' => quoted.Append(@"\\"),
                '\n' => quoted.Append("\\n"),
                '\r' => quoted.Append("\\r"),
                '\t' => quoted.Append("\\t"),
                < ' ' or '\x7f' => quoted.Append(FormattableString.Invariant($"\\x{(int)character:x2}")),
                _ => quoted.Append(character),
            };
        }

        return quoted.Append('"').ToString();
    }

    private static string Join(string head, string detail) => detail.Length == 0 ? head : $"{head}: {detail}";
}
