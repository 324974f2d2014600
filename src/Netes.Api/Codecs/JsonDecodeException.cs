namespace Netes.Api;

/// <summary>
/// Ends a decode at a value that does not fit its field. It never leaves <see cref="JsonCodec"/>, which turns it into
/// Go's text: only then is it known which field stands at <paramref name="offset"/>.
/// </summary>
/// <param name="offset">Where in the body the value starts.</param>
/// <param name="value">What was found, in Go's words (<c>string</c>, <c>number 1.5</c>); null when text is
/// whole.</param>
/// <param name="text">The whole error text; used when it does not depend on the field.</param>
internal sealed class JsonDecodeException(long offset, string? value, string text = "") : Exception(text)
{
    public long Offset { get; } = offset;

    public string? Value { get; } = value;
}
