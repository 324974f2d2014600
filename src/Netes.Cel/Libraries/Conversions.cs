using System.Globalization;
using System.Text;

namespace Netes.Cel;

/// <summary>int(), uint(), double(), bool(), string(), bytes(), timestamp(), duration(), dyn(), type().
/// Source: cel-go common/stdlib/standard.go and the ConvertToType of its types.</summary>
internal static class Conversions
{
    private static readonly UTF8Encoding _strict = new(false, throwOnInvalidBytes: true);

    public static void Register(FunctionTable functions)
    {
        functions.Global("dyn", "to_dyn", [StandardOperators.A], CelType.Dyn, a => a[0]);
        functions.Global("type", "type", [StandardOperators.A], CelType.TypeOf(StandardOperators.A),
            a => new CelTypeValue(a[0].Type));
        var (whole, unsigned, real, text) = (CelType.Int, CelType.Uint, CelType.Double, CelType.String);
        To("int", whole, ToInt, ("int64", whole), ("uint64", unsigned), ("double", real), ("string", text),
            ("timestamp", CelType.Timestamp), ("duration", CelType.Duration));
        To("uint", unsigned, ToUint, ("uint64", unsigned), ("int64", whole), ("double", real), ("string", text));
        To("double", real, ToDouble, ("double", real), ("int64", whole), ("uint64", unsigned), ("string", text));
        To("bool", CelType.Bool, ToBool, ("bool", CelType.Bool), ("string", text));
        To("bytes", CelType.Bytes, ToBytes, ("bytes", CelType.Bytes), ("string", text));
        To("string", text, ToText, ("string", text), ("bool", CelType.Bool), ("bytes", CelType.Bytes),
            ("double", real), ("int64", whole), ("uint64", unsigned), ("timestamp", CelType.Timestamp),
            ("duration", CelType.Duration), ("ip", CelType.Ip), ("cidr", CelType.Cidr));
        To("timestamp", CelType.Timestamp, ToTimestamp, ("timestamp", CelType.Timestamp), ("string", text),
            ("int64", whole));
        To("duration", CelType.Duration, ToDuration, ("duration", CelType.Duration), ("string", text),
            ("int64", whole));

        void To(string name, CelType type, Func<CelValue, CelValue> convert, params (string Name, CelType Type)[] from)
        {
            foreach (var (source, wanted) in from)
            {
                functions.Global(name, $"{source}_to_{name}", [wanted], type, a => convert(a[0]));
            }
        }
    }

    private static CelValue ToInt(CelValue value) => value switch
    {
        CelInt => value,
        CelUint x => StandardOperators.Whole(x.Value),
        CelDouble x => x.Value is > -9223372036854775808d and < 9223372036854775808d
            ? CelValue.Of((long)x.Value) : new CelError("integer overflow"),
        CelTimestamp x => CelValue.Of(x.Seconds),
        CelDuration x => CelValue.Of(x.Nanos),
        CelString x => long.TryParse(x.Value, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture,
            out var number) && !HasSpace(x.Value) ? CelValue.Of(number) : NotParsed("ParseInt", x.Value),
        _ => CelError.NoSuchOverload,
    };

    private static CelValue ToUint(CelValue value) => value switch
    {
        CelUint => value,
        CelInt x => StandardOperators.Unsigned(x.Value),
        CelDouble x => x.Value is >= 0 and < 18446744073709551616d
            ? new CelUint((ulong)x.Value) : new CelError("unsigned integer overflow"),
        CelString x => ulong.TryParse(x.Value, NumberStyles.None, CultureInfo.InvariantCulture, out var number)
            ? new CelUint(number) : NotParsed("ParseUint", x.Value),
        _ => CelError.NoSuchOverload,
    };

    private static CelValue ToDouble(CelValue value) => value switch
    {
        CelDouble => value,
        CelInt x => CelValue.Of((double)x.Value),
        CelUint x => CelValue.Of((double)x.Value),
        CelString x => x.Value.ToLowerInvariant() switch
        {
            "inf" or "+inf" or "infinity" or "+infinity" => CelValue.Of(double.PositiveInfinity),
            "-inf" or "-infinity" => CelValue.Of(double.NegativeInfinity),
            "nan" => CelValue.Of(double.NaN),
            _ => double.TryParse(x.Value, NumberStyles.Float & ~NumberStyles.AllowLeadingWhite
                    & ~NumberStyles.AllowTrailingWhite, CultureInfo.InvariantCulture, out var number)
                && double.IsFinite(number) ? CelValue.Of(number) : NotParsed("ParseFloat", x.Value),
        },
        _ => CelError.NoSuchOverload,
    };

    private static CelValue ToBool(CelValue value) => value switch
    {
        CelBool => value,
        CelString x => x.Value switch
        {
            "1" or "t" or "T" or "TRUE" or "true" or "True" => CelValue.True,
            "0" or "f" or "F" or "FALSE" or "false" or "False" => CelValue.False,
            _ => NotParsed("ParseBool", x.Value),
        },
        _ => CelError.NoSuchOverload,
    };

    private static CelValue ToBytes(CelValue value) =>
        value is CelString text ? new CelBytes(Encoding.UTF8.GetBytes(text.Value)) : value;

    private static CelValue ToText(CelValue value)
    {
        if (value is not CelBytes bytes)
        {
            return value is CelString ? value : CelValue.Of(value.ToString()!);
        }

        try
        {
            return CelValue.Of(_strict.GetString(bytes.Value));
        }
        catch (DecoderFallbackException)
        {
            return new CelError("invalid UTF-8 in bytes, cannot convert to string");
        }
    }

    private static CelValue ToTimestamp(CelValue value) => value switch
    {
        CelInt seconds => CelTimestamp.Create((Int128)seconds.Value * 1_000_000_000)
            ?? (CelValue)new CelError("timestamp overflow"),
        CelString text => CelTimestamp.Parse(text.Value)
            ?? (CelValue)new CelError($"parsing time {Text.Quote(text.Value)} as \"2006-01-02T15:04:05Z07:00\": cannot parse"),
        _ => value,
    };

    private static CelValue ToDuration(CelValue value) => value switch
    {
        CelInt nanos => new CelDuration(nanos.Value),
        CelString text => CelDuration.Parse(text.Value)
            ?? (CelValue)new CelError($"time: invalid duration {Text.Quote(text.Value)}"),
        _ => value,
    };

    private static bool HasSpace(string text) => text.Any(char.IsWhiteSpace);

    private static CelError NotParsed(string function, string text) =>
        new($"strconv.{function}: parsing {Text.Quote(text)}: invalid syntax");
}
