namespace Netes.Cel;

/// <summary>What a call costs without its arguments, and how large its result is, where that is known.
/// Source: cel-go checker/cost.go, functionCost; apiserver pkg/cel/library/cost.go, EstimateCallCost.</summary>
internal static class CallEstimates
{
    // An IPv4 or an IPv6 address.
    private static readonly CelCostRange _address = new(4, 16);

    public static (CelCostRange Cost, CelCostRange? Size) Of(CostEstimator sizes, Call call, string overload)
    {
        var operands = call.Target is null ? call.Arguments : [call.Target, .. call.Arguments];
        CelCostRange Size(int index) => sizes.Size(operands[index]);
        CelCostRange Traverse(int index, double factor = 1) => Size(index).Times(factor * RuntimeCost.Traversal);
        switch (call.Function)
        {
            case "isSorted" or "sum" or "max" or "min" or "indexOf" or "lastIndexOf":
                return (Walk(sizes, operands[0]), null);
            case "url" or "isIP" or "cidr" or "isCIDR" or "quantity" or "isQuantity":
                return (Traverse(0), null);
            case "ip":
                return (overload == "cidr_ip" ? CelCostRange.Of(1) : Traverse(0), null);
            case "ip.isCanonical":
                return (Traverse(0, 2), null);
            case "lowerAscii" or "upperAscii" or "substring" or "trim":
                return (Traverse(0), Size(0));
            case "replace":
                return (Traverse(0, 2), Replaced(Size(0), Size(1), Size(2)));
            case "split":
                return (Traverse(0, 2), new CelCostRange(0, Size(0).Max));
            case "join":
                var joined = Joined(sizes, operands);
                return (joined.Times(RuntimeCost.Traversal), joined);
            case "find" or "findAll":
                return (Search(Size(0), Size(1)), new CelCostRange(0, Size(0).Max));
            case "strings.quote":
                return (Traverse(0), Size(0) * new CelCostRange(1, 2) + CelCostRange.Of(2));
            case "format":
                return (Traverse(0), null);
            case "containsIP":
                return ((_address + _address).Times(RuntimeCost.Traversal)
                    + (overload == "cidr_contains_ip_string" ? Traverse(1) : default), null);
            case "containsCIDR":
                return ((_address + _address).Times(RuntimeCost.Traversal) + _address.Times(RuntimeCost.Traversal)
                    + CelCostRange.Of(1) + (overload == "cidr_contains_cidr_string" ? Traverse(1) : default), null);
            case "validate" when overload == "format_validate":
                return (Traverse(1), null);
            case "sets.contains" or "sets.intersects":
                return (Size(0) * Size(1), null);
            case "sets.equivalent":
                return (Size(0) * Size(1) * CelCostRange.Of(2), null);
            default:
                return Standard(overload, Size, Traverse);
        }
    }

    private static (CelCostRange, CelCostRange?) Standard(string overload, Func<int, CelCostRange> size,
        Func<int, double, CelCostRange> traverse)
    {
        switch (overload)
        {
            case "starts_with_string" or "ends_with_string":
                return (traverse(1, 1), null);
            case "string_to_bytes":
                return (traverse(0, 1), size(0) * new CelCostRange(1, 4));
            case "bytes_to_string":
                return (traverse(0, 1), new CelCostRange(size(0).Min / 4, size(0).Max));
            case "in_list":
                return (size(1), null);
            case "matches" or "matches_string":
                return (Search(size(0), size(1)), null);
            case "contains_string":
                return (traverse(0, 1) * traverse(1, 1), null);
            case "add_string" or "add_bytes":
                return ((size(0) + size(1)).Times(RuntimeCost.Traversal), size(0) + size(1));
            case "add_list":
                return (CelCostRange.Of(1), size(0) + size(1));
            case "less_string" or "greater_string" or "less_equals_string" or "greater_equals_string" or "less_bytes"
                or "greater_bytes" or "less_equals_bytes" or "greater_equals_bytes" or "equals" or "not_equals":
                var most = Math.Min(size(0).Max, size(1).Max);
                return (new CelCostRange(Math.Min(1, most), most).Times(RuntimeCost.Traversal), null);
            default:
                return (CelCostRange.Of(1), null);
        }
    }

    private static CelCostRange Walk(CostEstimator sizes, Expression target)
    {
        if (target.Type.Kind != CelKind.List)
        {
            return sizes.Size(target).Times(RuntimeCost.Traversal);
        }

        var each = CelCostRange.Of(1);
        return sizes.Size(target) * (target.Type.Parameters[0].Kind is CelKind.String or CelKind.Bytes
            ? each + sizes.ElementSize(target).Times(RuntimeCost.Traversal) : each);
    }

    private static CelCostRange Search(CelCostRange text, CelCostRange pattern) =>
        (text + CelCostRange.Of(1)).Times(RuntimeCost.Traversal) * pattern.Times(RuntimeCost.Regex);

    private static CelCostRange Joined(CostEstimator sizes, IReadOnlyList<Expression> operands)
    {
        var count = sizes.Size(operands[0]);
        var size = count * sizes.ElementSize(operands[0]);
        return operands.Count < 2 ? size
            : size + sizes.Size(operands[1]) * new CelCostRange(Less(count.Min), Less(count.Max));
    }

    private static ulong Less(ulong count) => count > 0 ? count - 1 : 0;

    // Longest: the shortest pieces become the longest, as often as they fit; shortest: the other way round.
    private static CelCostRange Replaced(CelCostRange text, CelCostRange old, CelCostRange with)
    {
        var one = CelCostRange.Of(1);
        var (countMax, keptMax) = old.Min == 0 ? ((text + one).Max, text.Max)
            : with.Max <= old.Min ? (0, text.Max) : (Share(text.Max, old.Min), 0ul);
        var (countMin, keptMin) = old.Max == 0 ? ((text + one).Min, text.Min)
            : old.Max <= with.Min ? (0, text.Min) : (Share(text.Min, old.Max), 0ul);
        return new CelCostRange(countMin, countMax) * with + new CelCostRange(keptMin, keptMax);
    }

    private static ulong Share(ulong size, ulong piece) => size / piece + (size % piece == 0 ? 0u : 1);
}
