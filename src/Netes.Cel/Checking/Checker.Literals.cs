namespace Netes.Cel;

/// <summary>Lists, maps, objects and comprehensions.</summary>
internal sealed partial class Checker
{
    private CelType VisitList(ListLiteral list)
    {
        CelType? element = null;
        foreach (var (value, isOptional) in list.Elements)
        {
            var type = Visit(value);
            element = Join(value.Position, element, isOptional ? Unwrap(value, type) : type);
        }

        return CelType.List(element ?? _types.Fresh());
    }

    private CelType VisitMap(MapLiteral map)
    {
        CelType? key = null, value = null;
        foreach (var entry in map.Entries)
        {
            key = Join(entry.Key.Position, key, Visit(entry.Key));
            var type = Visit(entry.Value);
            value = Join(entry.Value.Position, value, entry.IsOptional ? Unwrap(entry.Value, type) : type);
        }

        return CelType.Map(key ?? _types.Fresh(), value ?? _types.Fresh());
    }

    // Kubernetes wants literals of one type (cel.HomogeneousAggregateLiterals).
    private CelType Join(int position, CelType? before, CelType type)
    {
        if (before is null)
        {
            return type;
        }

        if (_types.IsAssignable(type, before))
        {
            return before.Kind == CelKind.Dyn || type.Kind is not (CelKind.Dyn or CelKind.Error) ? before : CelType.Dyn;
        }

        if (_types.IsAssignable(before, type))
        {
            return type;
        }

        source.Report(position, $"expected type '{_types.Resolve(before, true).InWords()}' but found '{_types.Resolve(type, true).InWords()}'");
        return CelType.Error;
    }

    private CelType Unwrap(Expression value, CelType type)
    {
        type = _types.Resolve(type, unknownIsDyn: false);
        if (type.Kind is CelKind.Optional)
        {
            return type.Parameters[0];
        }

        if (type.Kind is not (CelKind.Dyn or CelKind.Error or CelKind.TypeParameter))
        {
            source.Report(value.Position, $"expected type '{CelType.Optional(type).InWords()}' but found '{type.InWords()}'");
        }

        return CelType.Dyn;
    }

    private CelType VisitObject(ObjectLiteral made)
    {
        if (environment.Objects.GetValueOrDefault(made.TypeName.TrimStart('.')) is not { } type)
        {
            source.Report(made.Position, environment.TypeNamed(made.TypeName) is null
                ? $"undeclared reference to '{made.TypeName}' (in container '')"
                : $"'{made.TypeName}' is not a message type");
            return CelType.Error;
        }

        foreach (var field in made.Fields)
        {
            var value = Visit(field.Value);
            value = field.IsOptional ? Unwrap(field.Value, value) : value;
            if (!type.Fields!.TryGetValue(field.Field, out var wanted))
            {
                source.Report(field.Position, $"undefined field '{field.Field}'");
            }
            else if (!_types.IsAssignable(value, wanted))
            {
                source.Report(field.Position, $"expected type of field '{field.Field}' is '{wanted.InWords()}' but provided type is '{_types.Resolve(value, true).InWords()}'");
            }
        }

        return type;
    }

    private CelType VisitComprehension(Comprehension walk)
    {
        var range = _types.Resolve(Visit(walk.Range), unknownIsDyn: false);
        var start = Visit(walk.Start);
        var (first, second) = Variables(walk, range);
        _scope.Push((walk.Accumulated, start));
        _scope.Push((walk.Variable, first));
        _scope.Push((walk.SecondVariable ?? "#unused2", second));
        Wants(walk.Condition, CelType.Bool);
        Wants(walk.Step, start);
        _scope.Pop();
        _scope.Pop();
        // The result sees what was collected, and no longer the element.
        var result = Visit(walk.Result);
        _scope.Pop();
        return _types.Resolve(result, unknownIsDyn: false);
    }

    private void Wants(Expression expression, CelType wanted)
    {
        var type = Visit(expression);
        if (!_types.IsAssignable(type, wanted))
        {
            source.Report(expression.Position, $"expected type '{_types.Resolve(wanted, true).InWords()}' but found '{_types.Resolve(type, true).InWords()}'");
        }
    }

    private (CelType First, CelType Second) Variables(Comprehension walk, CelType range)
    {
        switch (range.Kind)
        {
            case CelKind.List:
                return walk.SecondVariable is null ? (range.Parameters[0], CelType.Dyn)
                    : (CelType.Int, range.Parameters[0]);
            case CelKind.Map:
                return (range.Parameters[0], range.Parameters[1]);
            case CelKind.Dyn or CelKind.Error:
                return (CelType.Dyn, CelType.Dyn);
            case CelKind.TypeParameter:
                _ = _types.IsAssignable(CelType.Dyn, range);
                return (CelType.Dyn, CelType.Dyn);
            default:
                source.Report(walk.Range.Position, $"expression of type '{range.InWords()}' cannot be range of a comprehension (must be list, map, or dynamic)");
                return (CelType.Error, CelType.Error);
        }
    }
}
