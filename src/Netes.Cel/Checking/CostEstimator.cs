namespace Netes.Cel;

/// <summary>What an expression costs at least and at most, from the sizes that its variables' types allow.
/// Source: cel-go checker/cost.go.</summary>
internal sealed class CostEstimator
{
    private readonly Dictionary<Expression, CelCostRange> _sizes = new(ReferenceEqualityComparer.Instance);
    private readonly Dictionary<Expression, Entries> _entries = new(ReferenceEqualityComparer.Instance);
    private readonly List<(string Name, CelCostRange? Size, Entries? Entries)> _scope = [];

    /// <summary>The sizes of a container's keys and values.</summary>
    private sealed record Entries(CelCostRange Keys, CelCostRange Values)
    {
        public Entries? Or(Entries? other) =>
            other is null ? null : new(Keys.Or(other.Keys), Values.Or(other.Values));
    }

    public CelCostRange Cost(Expression expression)
    {
        switch (expression)
        {
            case Identifier identifier:
                return CelCostRange.Of(identifier.Resolved is null ? 1u : 0);
            case Select { Qualified: not null }:
                return CelCostRange.Of(1);
            case Select select:
                return Cost(select.Operand) + CelCostRange.Of(select.IsTest
                    || select.Operand.Type.Kind is not (CelKind.Map or CelKind.Object or CelKind.TypeParameter)
                        ? 0u : 1);
            case Call call:
                return OfCall(call);
            case ListLiteral list:
                return OfList(list);
            case MapLiteral map:
                return OfMap(map);
            case ObjectLiteral made:
                return made.Fields.Aggregate(CelCostRange.Of(RuntimeCost.Object), (sum, field) =>
                    sum + Cost(field.Value));
            case Comprehension walk:
                return walk.Accumulated == Comprehension.Accumulator ? OfWalk(walk) : OfBind(walk);
            default:
                return default;
        }
    }

    internal CelCostRange Size(Expression expression) => KnownSize(expression) ?? CelCostRange.Unknown;

    /// <summary>The size of a list's elements, or of a map's values.</summary>
    internal CelCostRange ElementSize(Expression expression) => EntriesOf(expression)?.Values
        ?? (expression.Type.Parameters is [.., var element] ? OfType(element) : null) ?? CelCostRange.Unknown;

    private CelCostRange OfCall(Call call)
    {
        var costs = call.Arguments.Select(Cost).ToList();
        var sum = costs.Aggregate(call.Target is null ? default : Cost(call.Target), (all, cost) => all + cost);
        switch (call.Function)
        {
            case "dyn":
                _sizes[call] = Size(call.Arguments[0]);
                return sum + CelCostRange.Of(1);
            case Operators.And or Operators.Or:
                return new CelCostRange(costs[0].Min, (costs[0] + costs[1]).Max);
            case Operators.Conditional:
                _sizes[call] = Size(call.Arguments[1]).Or(Size(call.Arguments[2]));
                Remember(call, EntriesOf(call.Arguments[1])?.Or(EntriesOf(call.Arguments[2])));
                return costs[0] + costs[1].Or(costs[2]);
            case Operators.Index:
                if (EntriesOf(call.Arguments[0]) is { } held)
                {
                    _sizes[call] = held.Values;
                }

                return sum + CelCostRange.Of(1);
            case Operators.Add:
                Remember(call, EntriesOf(call.Arguments[0])?.Or(EntriesOf(call.Arguments[1])));
                break;
        }

        CelCostRange? cost = null, size = null;
        foreach (var overload in call.Overloads)
        {
            var (one, result) = CallEstimates.Of(this, call, overload.Id);
            cost = cost?.Or(one) ?? one;
            size = result is null ? size : size?.Or(result.Value) ?? result;
        }

        if (size is { } known)
        {
            _sizes[call] = known;
        }

        return sum + (cost ?? CelCostRange.Of(1));
    }

    private CelCostRange OfList(ListLiteral list)
    {
        var sum = list.Elements.Aggregate(CelCostRange.Of(RuntimeCost.List), (all, element) =>
            all + Cost(element.Value));
        Remember(list, new Entries(CelCostRange.Of(1), Union(list.Elements.Select(element => Size(element.Value)))));
        return sum;
    }

    private CelCostRange OfMap(MapLiteral map)
    {
        var sum = map.Entries.Aggregate(CelCostRange.Of(RuntimeCost.Map),
            (all, entry) => all + Cost(entry.Key) + Cost(entry.Value));
        Remember(map, new Entries(Union(map.Entries.Select(entry => Size(entry.Key))),
            Union(map.Entries.Select(entry => Size(entry.Value)))));
        return sum;
    }

    private CelCostRange OfBind(Comprehension bind)
    {
        var sum = Cost(bind.Start);
        _scope.Add((bind.Accumulated, KnownSize(bind.Start), EntriesOf(bind.Start)));
        // An empty list is what a bind walks over.
        sum += CelCostRange.Of(RuntimeCost.List) + Cost(bind.Result);
        _sizes[bind] = Size(bind.Result);
        Remember(bind, EntriesOf(bind.Result));
        _scope.RemoveAt(_scope.Count - 1);
        return sum;
    }

    private CelCostRange OfWalk(Comprehension walk)
    {
        var sum = Cost(walk.Range) + Cost(walk.Start);
        var depth = _scope.Count;
        _scope.Add((walk.Accumulated, KnownSize(walk.Start), EntriesOf(walk.Start)));
        var entries = EntriesOf(walk.Range);
        var isList = walk.Range.Type.Kind == CelKind.List;
        _scope.Add((walk.Variable, isList && walk.SecondVariable is null ? entries?.Values : entries?.Keys, null));
        if (walk.SecondVariable is { } second)
        {
            _scope.Add((second, entries?.Values, null));
        }

        var each = Cost(walk.Condition) + Cost(walk.Step);
        var collected = EntriesOf(walk.Step);
        _scope.RemoveRange(depth + 1, _scope.Count - depth - 1);
        sum += Cost(walk.Result);
        _scope.RemoveAt(depth);
        var count = Size(walk.Range);
        if (walk.Start is ListLiteral or MapLiteral)
        {
            _sizes[walk] = count;
            Remember(walk, collected);
        }

        return sum + count * each;
    }

    private static CelCostRange Union(IEnumerable<CelCostRange> sizes) =>
        sizes.Aggregate((CelCostRange?)null, (all, size) => all?.Or(size) ?? size) ?? default;

    private void Remember(Expression expression, Entries? entries)
    {
        if (entries is not null)
        {
            _entries[expression] = entries;
        }
    }

    private Entries? EntriesOf(Expression expression) => _entries.GetValueOrDefault(expression)
        ?? (expression is Identifier identifier
            ? _scope.FindLast(known => known.Name == identifier.Name).Entries : null);

    private CelCostRange? KnownSize(Expression expression)
    {
        if (_sizes.TryGetValue(expression, out var known))
        {
            return known;
        }

        return expression switch
        {
            Constant constant => CelCostRange.Of((ulong)(constant.Value.Size ?? 1)),
            ListLiteral list => CelCostRange.Of((ulong)list.Elements.Count),
            MapLiteral map => CelCostRange.Of((ulong)map.Entries.Count),
            Identifier identifier => OfType(identifier.Type)
                ?? _scope.FindLast(local => local.Name == identifier.Name).Size,
            _ => OfType(expression.Type),
        };
    }

    private static CelCostRange? OfType(CelType type) => type.MaxSize is { } most ? new CelCostRange(0, most)
        : type.Kind is CelKind.Bool or CelKind.Int or CelKind.Uint or CelKind.Double or CelKind.Timestamp
            or CelKind.Duration or CelKind.Null or CelKind.Type or CelKind.Opaque ? CelCostRange.Of(1) : null;
}
