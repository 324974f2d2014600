using System.Globalization;

namespace Netes.Api;

/// <summary>A number or a text, as in <c>targetPort: http</c>. Source: apimachinery pkg/util/intstr.</summary>
public readonly record struct IntOrString
{
    private readonly string? _text;

    private IntOrString(int number, string? text) => (Number, _text) = (number, text);

    public int Number { get; }

    public bool IsString => _text is not null;

    public string Text => _text ?? Number.ToString(CultureInfo.InvariantCulture);

    public static implicit operator IntOrString(int number) => new(number, null);

    public static implicit operator IntOrString(string text) => new(0, text);

    /// <summary>The value, or the percentage of <paramref name="total"/> it names; null when it is neither.</summary>
    public int? Scaled(int total, bool roundUp)
    {
        if (!IsString)
        {
            return Number;
        }

        if (!Text.EndsWith('%')
            || !int.TryParse(Text.AsSpan(0, Text.Length - 1), NumberStyles.AllowLeadingSign,
                CultureInfo.InvariantCulture,
                out var percent))
        {
            return null;
        }

        var scaled = (double)percent * total / 100;
        return (int)(roundUp ? Math.Ceiling(scaled) : Math.Floor(scaled));
    }

    public override string ToString() => Text;
}
