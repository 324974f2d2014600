namespace Netes.Cel;

/// <summary>size, contains, startsWith, endsWith, matches. Source: cel-go common/stdlib/standard.go.</summary>
internal static class StandardFunctions
{
    public static void Register(FunctionTable functions)
    {
        (string Name, CelType Type)[] sized =
        [
            ("string", CelType.String), ("bytes", CelType.Bytes), ("list", CelType.List(StandardOperators.A)),
            ("map", CelType.Map(StandardOperators.A, StandardOperators.B)),
        ];
        foreach (var (name, type) in sized)
        {
            functions.Global("size", "size_" + name, [type], CelType.Int, a => CelValue.Of(a[0].Size ?? 0));
            functions.Member("size", name + "_size", [type], CelType.Int, a => CelValue.Of(a[0].Size ?? 0));
        }

        CelType[] texts = [CelType.String, CelType.String];
        functions.Member("contains", "contains_string", texts, CelType.Bool,
            a => CelValue.Of(Of(a[0]).Contains(Of(a[1]), StringComparison.Ordinal)));
        functions.Member("startsWith", "starts_with_string", texts, CelType.Bool,
            a => CelValue.Of(Of(a[0]).StartsWith(Of(a[1]), StringComparison.Ordinal)));
        functions.Member("endsWith", "ends_with_string", texts, CelType.Bool,
            a => CelValue.Of(Of(a[0]).EndsWith(Of(a[1]), StringComparison.Ordinal)));
        functions.Global("matches", "matches", texts, CelType.Bool, Matches);
        functions.Member("matches", "matches_string", texts, CelType.Bool, Matches);
    }

    private static string Of(CelValue value) => ((CelString)value).Value;

    private static CelValue Matches(CelValue[] arguments) =>
        Patterns.Get(Of(arguments[1]), out var error) is { } pattern
        ? CelValue.Of(pattern.IsMatch(Of(arguments[0]))) : new CelError(error);
}
