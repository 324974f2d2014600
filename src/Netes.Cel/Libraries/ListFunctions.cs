namespace Netes.Cel;

/// <summary>isSorted, sum, min, max, indexOf, lastIndexOf. Source: apiserver pkg/cel/library/lists.go.</summary>
internal static class ListFunctions
{
    public static void Register(FunctionTable functions)
    {
        (string Name, CelType Type, CelValue? Zero)[] elements =
        [
            ("int", CelType.Int, CelValue.Of(0)), ("uint", CelType.Uint, new CelUint(0)),
            ("double", CelType.Double, CelValue.Of(0d)), ("duration", CelType.Duration, new CelDuration(0)),
            ("timestamp", CelType.Timestamp, null), ("string", CelType.String, null), ("bytes", CelType.Bytes, null),
            ("bool", CelType.Bool, null),
        ];
        foreach (var (name, type, zero) in elements)
        {
            var list = CelType.List(type);
            functions.Member("isSorted", $"list_{name}_is_sorted_bool", [list], CelType.Bool, a =>
                IsSorted((CelList)a[0]));
            functions.Member("max", $"list_{name}_max_{name}", [list], type, a => Best((CelList)a[0], "max", 1));
            functions.Member("min", $"list_{name}_min_{name}", [list], type, a => Best((CelList)a[0], "min", -1));
            if (zero is not null)
            {
                functions.Member("sum", $"list_{name}_sum_{name}", [list], type, a => Sum((CelList)a[0], zero));
            }
        }

        var any = StandardOperators.A;
        functions.Member("indexOf", "list_a_index_of_int", [CelType.List(any), any], CelType.Int,
            a => CelValue.Of(Where((CelList)a[0], a[1]).FirstOrDefault(-1)));
        functions.Member("lastIndexOf", "list_a_last_index_of_int", [CelType.List(any), any], CelType.Int,
            a => CelValue.Of(Where((CelList)a[0], a[1]).LastOrDefault(-1)));
    }

    private static IEnumerable<long> Where(CelList list, CelValue wanted) =>
        list.Elements().Index().Where(one => one.Item.Equals(wanted)).Select(one => (long)one.Index);

    private static CelValue IsSorted(CelList list)
    {
        for (var i = 1; i < list.Count; i++)
        {
            if (StandardOperators.Order(list[i - 1], list[i]) is not { } order)
            {
                return CelError.NoSuchOverload;
            }

            if (order > 0)
            {
                return CelValue.False;
            }
        }

        return CelValue.True;
    }

    private static CelValue Best(CelList list, string function, int sign)
    {
        if (list.Count == 0)
        {
            return new CelError($"{function} called on empty list");
        }

        var best = list[0];
        foreach (var element in list.Elements().Skip(1))
        {
            if (StandardOperators.Order(element, best) is not { } order)
            {
                return CelError.NoSuchOverload;
            }

            best = Math.Sign(order) == sign ? element : best;
        }

        return best;
    }

    private static CelValue Sum(CelList list, CelValue zero)
    {
        CelValue? sum = null;
        foreach (var element in list.Elements())
        {
            sum = sum is null ? element : StandardOperators.Add(sum, element);
            if (sum is CelError)
            {
                return sum;
            }
        }

        return sum ?? zero;
    }
}

/// <summary>sets.contains, sets.equivalent, sets.intersects. Source: cel-go ext/sets.go.</summary>
internal static class SetFunctions
{
    public static void Register(FunctionTable functions)
    {
        CelType[] lists = [CelType.List(StandardOperators.A), CelType.List(StandardOperators.A)];
        functions.Global("sets.contains", "list_sets_contains_list", lists, CelType.Bool,
            a => CelValue.Of(Contains(a[0], a[1])));
        functions.Global("sets.equivalent", "list_sets_equivalent_list", lists, CelType.Bool,
            a => CelValue.Of(Contains(a[0], a[1]) && Contains(a[1], a[0])));
        functions.Global("sets.intersects", "list_sets_intersects_list", lists, CelType.Bool,
            a => CelValue.Of(((CelList)a[0]).Elements().Any(((CelList)a[1]).Elements().Contains)));
    }

    private static bool Contains(CelValue all, CelValue some) =>
        ((CelList)some).Elements().All(((CelList)all).Elements().Contains);
}

/// <summary>find, findAll. Source: apiserver pkg/cel/library/regex.go.</summary>
internal static class RegexFunctions
{
    public static void Register(FunctionTable functions)
    {
        var text = CelType.String;
        functions.Member("find", "string_find_string", [text, text], text, a =>
            Patterns.Get(S(a[1]), out var error) is { } pattern ? CelValue.Of(pattern.Match(S(a[0])).Value)
                : new CelError(error));
        functions.Member("findAll", "string_find_all_string", [text, text], CelType.List(text), a => All(a, -1));
        functions.Member("findAll", "string_find_all_string_int", [text, text, CelType.Int], CelType.List(text),
            a => All(a, ((CelInt)a[2]).Value));
    }

    private static string S(CelValue value) => ((CelString)value).Value;

    private static CelValue All(CelValue[] arguments, long most) =>
        Patterns.Get(S(arguments[1]), out var error) is { } pattern
            ? new CelListValue([.. pattern.Matches(S(arguments[0]))
                .Take(most < 0 ? int.MaxValue : (int)Math.Min(most, int.MaxValue))
                .Select(match => CelValue.Of(match.Value))])
            : new CelError(error);
}
