namespace Netes.Cel;

/// <summary>What a step costs. The numbers are part of Kubernetes' API: an expression that was within the limit
/// stays within it. Source: cel-go interpreter/runtimecost.go; apiserver pkg/cel/library/cost.go.</summary>
internal static class RuntimeCost
{
    public const ulong List = 10, Map = 30, Object = 40;
    public const double Traversal = 0.1, Regex = 0.25;

    /// <summary>Of a selection: from a variable's chain one, from another value one more.</summary>
    public static ulong Qualifier(Expression operand) =>
        operand is Identifier or Select or Call { Function: Operators.Index or Operators.OptionalIndex } ? 1u : 2u;

    /// <summary>Known from the arguments, so that nothing is done beyond the limit.</summary>
    public static ulong Of(string function, string overload, CelValue[] arguments)
    {
        switch (function)
        {
            case "isSorted" or "sum" or "max" or "min" or "indexOf" or "lastIndexOf":
                return arguments[0] is CelList list ? Traverse(list) : Share(Size(arguments[0]), Traversal);
            case "url" or "lowerAscii" or "upperAscii" or "substring" or "trim" or "quantity" or "isQuantity" or "cidr"
                or "isIP" or "isCIDR" or "strings.quote":
                return Share(Size(arguments[0]), Traversal);
            case "replace" or "split" or "ip.isCanonical":
                return Share(Size(arguments[0]), 2 * Traversal);
            case "join":
                return JoinCost((CelList)arguments[0], arguments.Length > 1 ? Size(arguments[1]) : 0);
            case "format":
                return 1 + Heavy(arguments[1]);
            case "ip":
                return overload == "cidr_ip" ? 1 : Share(Size(arguments[0]), Traversal);
            case "find" or "findAll":
                return Search(arguments);
            case "containsIP":
                return Share(2 * Size(arguments[0]), Traversal)
                    + (overload == "cidr_contains_ip_string" ? Share(Size(arguments[1]), Traversal) : 0);
            case "containsCIDR":
                return Share(2 * Size(arguments[0]), Traversal) + Share(Size(arguments[0]), Traversal) + 1
                    + (overload == "cidr_contains_cidr_string" ? Share(Size(arguments[1]), Traversal) : 0);
            case "validate" when arguments[0] is CelFormat:
                return Share(Size(arguments[1]), Traversal);
            case "sets.contains" or "sets.intersects":
                return Product(Size(arguments[0]), Size(arguments[1]));
            case "sets.equivalent":
                return Product(2, Product(Size(arguments[0]), Size(arguments[1])));
            default:
                return Standard(overload, arguments);
        }
    }

    private static ulong Standard(string overload, CelValue[] arguments) => overload switch
    {
        "starts_with_string" or "ends_with_string" or "string_to_bytes" or "bytes_to_string" =>
            Share(Size(arguments[0]), Traversal),
        "in_list" => Size(arguments[1]) + Heavy(arguments[1]),
        "less_string" or "greater_string" or "less_equals_string" or "greater_equals_string" or "less_bytes"
            or "greater_bytes" or "less_equals_bytes" or "greater_equals_bytes" or "equals" or "not_equals" =>
            Share(Math.Min(Size(arguments[0]), Size(arguments[1])), Traversal)
                + Math.Min(Heavy(arguments[0]), Heavy(arguments[1])),
        "add_string" or "add_bytes" => Share(Size(arguments[0]) + Size(arguments[1]), Traversal),
        "matches" or "matches_string" => Search(arguments),
        "contains_string" => Product(Share(Size(arguments[0]), Traversal), Share(Size(arguments[1]), Traversal)),
        _ => 1,
    };

    // Values within values take as long to look at as they are many; Kubernetes counts the outermost only. What nobody
    // writes by hand is counted here as well, so that no evaluation takes longer than its limit means.
    private static ulong Heavy(CelValue value) => value.Weight > 1000 ? (ulong)value.Weight / 10 : 0;

    private static ulong JoinCost(CelList list, ulong separator) => Share(
        list.Elements().Aggregate(0ul, static (size, element) => size + Size(element))
            + separator * (ulong)Math.Max(0, list.Count - 1), 2 * Traversal);

    private static ulong Search(CelValue[] arguments) =>
        Product(Share(1 + Size(arguments[0]), Traversal), Share(Size(arguments[1]), Regex));

    private static ulong Traverse(CelList list) => list.Elements().Aggregate(0ul, (cost, element) =>
        cost + (element is CelString or CelBytes ? Share(Size(element), Traversal) : 1));

    private static ulong Size(CelValue value) => (ulong)(value.Size ?? 1);

    private static ulong Share(ulong size, double factor) => (ulong)Math.Ceiling(size * factor);

    private static ulong Product(ulong a, ulong b) => a != 0 && b > ulong.MaxValue / a ? ulong.MaxValue : a * b;
}
