using Netes.Api.Meta;

namespace Netes.Api;

/// <summary>A bad value that is neither text nor number, as field errors show it: its JSON.</summary>
public readonly record struct Shown(string Json)
{
    public static Shown Of(object value) => new(value.ToString() ?? "null");

    public static Shown List<T>(ValueList<T> values) => new($"[{string.Join(',', values.Select(value => $"{value}"))}]");

    public static Shown Strings(IEnumerable<string> values) => new($"[{string.Join(',', values.Select(FieldError.Quote))}]");

    public static Shown Map(ValueMap<string> map) => new(
        $"{{{string.Join(',', map.Select(pair => $"{FieldError.Quote(pair.Key)}:{FieldError.Quote(pair.Value)}"))}}}");

    /// <summary>Texts and numbers stay what they are.</summary>
    public static object? Any(object? value) => value switch
    {
        null or string or bool or int or long or Quantity or IntOrString or Timestamp => value,
        ValueMap<string> map => Map(map),
        ValueList<string> list => Strings(list),
        _ => Of(value),
    };

    public override string ToString() => Json;
}
