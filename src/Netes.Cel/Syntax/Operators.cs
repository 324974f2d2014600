namespace Netes.Cel;

/// <summary>The functions that operators stand for. Source: cel-go common/operators/operators.go.</summary>
internal static class Operators
{
    public const string Conditional = "_?_:_", And = "_&&_", Or = "_||_", Not = "!_", Negate = "-_",
        Equal = "_==_", NotEqual = "_!=_", Add = "_+_", Subtract = "_-_", Multiply = "_*_", Divide = "_/_",
        Modulo = "_%_", In = "@in", Index = "_[_]", OptionalIndex = "_[?_]", OptionalSelect = "_?._",
        Less = "_<_", LessOrEqual = "_<=_", Greater = "_>_", GreaterOrEqual = "_>=_",
        NotStrictlyFalse = "@not_strictly_false", MapInsert = "cel.@mapInsert";

    /// <summary>By text: the function and how tightly it binds.</summary>
    public static IReadOnlyDictionary<string, (string Function, int Strength)> Binary { get; } =
        new Dictionary<string, (string, int)>
        {
            ["||"] = (Or, 1),
            ["&&"] = (And, 2),
            ["<"] = (Less, 3),
            ["<="] = (LessOrEqual, 3),
            [">"] = (Greater, 3),
            [">="] = (GreaterOrEqual, 3),
            ["=="] = (Equal, 3),
            ["!="] = (NotEqual, 3),
            ["in"] = (In, 3),
            ["+"] = (Add, 4),
            ["-"] = (Subtract, 4),
            ["*"] = (Multiply, 5),
            ["/"] = (Divide, 5),
            ["%"] = (Modulo, 5),
        };

    /// <summary>By function: its text and how tightly it binds.</summary>
    public static IReadOnlyDictionary<string, (string Text, int Strength)> ByFunction { get; } =
        Binary.ToDictionary(entry => entry.Value.Function, entry => (entry.Key, entry.Value.Strength));
}
