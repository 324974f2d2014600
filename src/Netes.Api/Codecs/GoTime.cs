namespace Netes.Api;

/// <summary>The words of Go's time.ParseError.</summary>
internal static class GoTime
{
    public const string Rfc3339 = "2006-01-02T15:04:05Z07:00";

    public const string Rfc3339Micro = "2006-01-02T15:04:05.000000Z07:00";

    // Go names the first part of the layout that did not match and the text from there on; for texts that are no time
    // at all, which is what people get wrong, that is the year and the whole text.
    public static string ParseError(string text, string layout) =>
        $"parsing time {FieldError.Quote(text)} as {FieldError.Quote(layout)}: "
        + $"cannot parse {FieldError.Quote(text)} as \"2006\"";
}
