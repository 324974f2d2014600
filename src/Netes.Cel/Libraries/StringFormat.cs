using System.Globalization;
using System.Text;

namespace Netes.Cel;

/// <summary><c>"%s has %d".format([a, b])</c>. Source: cel-go ext/formatting.go.</summary>
internal static class StringFormat
{
    // A precision that no number has; more only costs memory.
    private const int MostPrecision = 1000;

    // Kubernetes' objects have 1.5 MiB: a text that is much longer is an attack.
    internal const int MostLength = 16 << 20;

    public static CelValue Format(string format, CelList arguments)
    {
        var text = new StringBuilder();
        var next = 0;
        for (var i = 0; i < format.Length; i++)
        {
            if (format[i] != '%')
            {
                text.Append(format[i]);
                continue;
            }

            if (++i < format.Length && format[i] == '%')
            {
                text.Append('%');
                continue;
            }

            int? precision = null;
            if (i < format.Length && format[i] == '.')
            {
                var end = format.AsSpan(i + 1).IndexOfAnyExceptInRange('0', '9');
                var digits = end < 0 ? format[(i + 1)..] : format.Substring(i + 1, end);
                precision = digits.Length is > 0 and < 6 ? int.Parse(digits, CultureInfo.InvariantCulture)
                    : MostPrecision + 1;
                i += 1 + digits.Length;
            }

            if (i >= format.Length || precision > MostPrecision)
            {
                return Failed(i >= format.Length ? "unexpected end of string" : "precision out of range");
            }

            if (next >= arguments.Count)
            {
                return Failed($"index {next} out of range");
            }

            var piece = One(format[i], precision, arguments[next++]);
            if (piece is CelError error)
            {
                return error;
            }

            text.Append(piece);
            if (text.Length > MostLength)
            {
                return new CelError("string size limit exceeded");
            }
        }

        return CelValue.Of(text.ToString());
    }

    private static CelError Failed(string what) => new("error during formatting: " + what);

    private static CelValue One(char clause, int? precision, CelValue value) => clause switch
    {
        's' => CelValue.Of(Shown(value, isInner: false)),
        'd' => value is CelInt or CelUint ? CelValue.Of(value.ToString()!)
            : Failed($"decimal clause can only be used on integers, was given {value.Type.Name}"),
        'f' or 'e' => value is CelDouble or CelInt or CelUint
            ? CelValue.Of(Real(clause, Convert(value), precision ?? 6))
            : Failed($"{(clause == 'f' ? "fixed-point" : "scientific")} clause can only be used on doubles, was given {value.Type.Name}"),
        'b' => value switch
        {
            CelInt x => CelValue.Of(Signed(x.Value, 'b')),
            CelUint x => CelValue.Of(x.Value.ToString("b", CultureInfo.InvariantCulture)),
            CelBool x => CelValue.Of(x.Value ? "1" : "0"),
            _ => Failed($"only integers and bools can be formatted as binary, was given {value.Type.Name}"),
        },
        'o' => value switch
        {
            CelInt x => CelValue.Of(Signed(x.Value, 'o')),
            CelUint x => CelValue.Of(Octal(x.Value)),
            _ => Failed($"octal clause can only be used on integers, was given {value.Type.Name}"),
        },
        'x' or 'X' => Hex(clause, value),
        _ => new CelError($"could not parse formatting clause: unrecognized formatting clause \"{clause}\""),
    };

    private static CelValue Hex(char clause, CelValue value)
    {
        var text = value switch
        {
            CelInt x => Signed(x.Value, 'x'),
            CelUint x => x.Value.ToString("x", CultureInfo.InvariantCulture),
            CelString x => System.Convert.ToHexStringLower(Encoding.UTF8.GetBytes(x.Value)),
            CelBytes x => System.Convert.ToHexStringLower(x.Value),
            _ => null,
        };
        return text is null
            ? Failed($"only integers, byte buffers, and strings can be formatted as hex, was given {value.Type.Name}")
            : CelValue.Of(clause == 'X' ? text.ToUpperInvariant() : text);
    }

    private static string Signed(long value, char form)
    {
        var magnitude = value < 0 ? unchecked((ulong)-value) : (ulong)value;
        return (value < 0 ? "-" : "") + (form == 'o' ? Octal(magnitude)
            : magnitude.ToString(form.ToString(), CultureInfo.InvariantCulture));
    }

    private static string Octal(ulong value)
    {
        var text = "";
        do
        {
            text = (char)('0' + value % 8) + text;
            value /= 8;
        }
        while (value > 0);
        return text;
    }

    private static double Convert(CelValue value) => value switch
    {
        CelInt x => x.Value,
        CelUint x => x.Value,
        _ => ((CelDouble)value).Value,
    };

    private static string Real(char clause, double value, int precision) => !double.IsFinite(value)
        ? double.IsNaN(value) ? "NaN" : value > 0 ? "Infinity" : "-Infinity"
        : clause == 'f' ? value.ToString("F" + precision, CultureInfo.InvariantCulture)
        : value.ToString((precision == 0 ? "0" : "0." + new string('0', precision)) + "e+00",
            CultureInfo.InvariantCulture);

    private static string Shown(CelValue value, bool isInner) => value switch
    {
        CelString x => isInner ? Text.Quote(x.Value) : x.Value,
        CelDouble x => isInner ? Real('f', x.Value, 6) : Numbers.Format(x.Value),
        CelTimestamp or CelDuration when isInner =>
            $"{(value is CelTimestamp ? "timestamp" : "duration")}(\"{value}\")",
        CelList list => $"[{string.Join(", ", list.Elements().Select(element => Shown(element, isInner: true)))}]",
        CelMap map => $"{{{string.Join(", ", map.Keys.Select(key => (Text: Shown(key, isInner: true), Key: key))
            .OrderBy(key => key.Text, StringComparer.Ordinal)
            .Select(key => $"{key.Text}:{Shown(map.Find(key.Key) ?? CelValue.Null, isInner: true)}"))}}}",
        _ => value.ToString() ?? "",
    };
}
