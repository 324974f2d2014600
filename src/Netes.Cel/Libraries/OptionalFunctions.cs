namespace Netes.Cel;

/// <summary>optional.of, optional.none, hasValue, value, or, orValue; and what <c>[?]</c> stands for.
/// Source: cel-go cel/library.go, optionalLib.</summary>
internal static class OptionalFunctions
{
    public static void Register(FunctionTable functions)
    {
        var (held, key) = (StandardOperators.A, StandardOperators.B);
        var optional = CelType.Optional(held);
        functions.Global("optional.of", "optional_of", [held], optional, a => new CelOptional(a[0]));
        functions.Global("optional.none", "optional_none", [], optional, _ => CelOptional.None);
        functions.Global("optional.ofNonZeroValue", "optional_ofNonZeroValue", [held], optional,
            a => IsZero(a[0]) ? CelOptional.None : new CelOptional(a[0]));
        functions.Member("hasValue", "optional_hasValue", [optional], CelType.Bool,
            a => CelValue.Of(((CelOptional)a[0]).Value is not null));
        functions.Member("value", "optional_value", [optional], held,
            a => ((CelOptional)a[0]).Value ?? new CelError("optional.none() dereference"));
        // The interpreter evaluates the alternative only where there is no value.
        functions.Member("or", "optional_or_optional", [optional, optional], optional, a => a[0]);
        functions.Member("orValue", "optional_orValue_value", [optional, held], held, a => a[0]);

        functions.Global("optional.unwrap", "optional_unwrap", [CelType.List(optional)], CelType.List(held), Unwrap);
        functions.Member("unwrapOpt", "optional_unwrapOpt", [CelType.List(optional)], CelType.List(held), Unwrap);

        var list = CelType.List(held);
        var map = CelType.Map(key, held);
        functions.Global(Operators.OptionalIndex, "list_optindex_optional_int", [list, CelType.Int], optional, Find);
        functions.Global(Operators.OptionalIndex, "optional_list_optindex_optional_int",
            [CelType.Optional(list), CelType.Int], optional, Find);
        functions.Global(Operators.OptionalIndex, "map_optindex_optional_value", [map, key], optional, Find);
        functions.Global(Operators.OptionalIndex, "optional_map_optindex_optional_value",
            [CelType.Optional(map), key], optional, Find);
        functions.Global(Operators.Index, "optional_list_index_int", [CelType.Optional(list), CelType.Int], optional,
            Find);
        functions.Global(Operators.Index, "optional_map_index_value", [CelType.Optional(map), key], optional, Find);
    }

    private static CelValue Find(CelValue[] arguments) => Access.FindOptional(arguments[0], arguments[1]);

    private static CelValue Unwrap(CelValue[] arguments)
    {
        var values = new List<CelValue>();
        foreach (var element in ((CelList)arguments[0]).Elements())
        {
            if (element is not CelOptional optional)
            {
                return CelError.NoSuchOverload;
            }

            if (optional.Value is { } value)
            {
                values.Add(value);
            }
        }

        return new CelListValue(values);
    }

    private static bool IsZero(CelValue value) => value switch
    {
        CelNull => true,
        CelBool x => !x.Value,
        CelInt or CelUint or CelDouble => Numbers.Compare(value, CelValue.Of(0)) == 0,
        CelDuration x => x.Nanos == 0,
        CelOptional x => x.Value is null,
        _ => value.Size == 0,
    };
}
