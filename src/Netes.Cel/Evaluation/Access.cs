namespace Netes.Cel;

/// <summary>Fields, keys and indexes. Source: cel-go interpreter/attributes.go.</summary>
internal static class Access
{
    public static CelValue Field(CelValue operand, CelValue key) => operand is CelMap map
        ? map.Find(key) ?? new CelError($"no such key: {key}") : CelError.NoSuchOverload;

    public static CelValue Index(CelValue operand, CelValue key) => operand switch
    {
        CelList list => Whole(key) is not { } index
            ? new CelError($"unsupported index type '{key.Type.Name}' in list")
            : index < 0 || index >= list.Count
                ? new CelError($"index out of bounds: {index}") : list[(int)index],
        CelMap => Field(operand, key),
        CelOptional optional => optional.Value is null ? CelOptional.None : FindOptional(optional.Value, key),
        _ => CelError.NoSuchOverload,
    };

    /// <summary>None where there is no such entry; an error where there could not be.</summary>
    public static CelValue FindOptional(CelValue operand, CelValue key)
    {
        switch (operand)
        {
            case CelOptional optional:
                return optional.Value is null ? optional : FindOptional(optional.Value, key);
            case CelMap map:
                return map.Find(key) is { } value ? new CelOptional(value) : CelOptional.None;
            case CelList list:
                return Whole(key) is not { } index ? CelError.NoSuchOverload
                    : index >= 0 && index < list.Count ? new CelOptional(list[(int)index]) : CelOptional.None;
            default:
                return CelError.NoSuchOverload;
        }
    }

    public static CelValue In(CelValue value, CelValue container) => container switch
    {
        CelList list => CelValue.Of(list.Elements().Any(element => element.Equals(value))),
        CelMap map => CelValue.Of(map.Find(value) is not null),
        _ => CelError.NoSuchOverload,
    };

    private static long? Whole(CelValue key) => key switch
    {
        CelInt number => number.Value,
        CelUint { Value: <= long.MaxValue } number => (long)number.Value,
        CelDouble number when number.Value is > -1e18 and < 1e18 && Math.Truncate(number.Value) == number.Value =>
            (long)number.Value,
        _ => null,
    };
}
