namespace Netes.Cel;

/// <summary>Gives each node its type and resolves names; what does not fit is reported in cel-go's words.
/// Source: cel-go checker/checker.go.</summary>
internal sealed partial class Checker(Source source, CelEnvironment environment)
{
    private readonly TypeBindings _types = new();
    private readonly Stack<(string Name, CelType Type)> _scope = new();
    private readonly List<Expression> _seen = [];

    /// <summary>The type of the whole.</summary>
    public CelType Check(Expression expression)
    {
        Visit(expression);
        foreach (var node in _seen)
        {
            node.Type = _types.Resolve(node.Type, unknownIsDyn: true);
        }

        return expression.Type;
    }

    private CelType Visit(Expression expression)
    {
        expression.Type = expression switch
        {
            Constant constant => constant.Value.Type is { Kind: CelKind.List } ? CelType.List(_types.Fresh())
                : constant.Value.Type,
            Identifier identifier => VisitIdentifier(identifier),
            Select select => VisitSelect(select),
            Call call => VisitCall(call),
            ListLiteral list => VisitList(list),
            MapLiteral map => VisitMap(map),
            ObjectLiteral made => VisitObject(made),
            Comprehension comprehension => VisitComprehension(comprehension),
            _ => throw new ArgumentException(expression.GetType().Name),
        };
        _seen.Add(expression);
        return expression.Type;
    }

    private CelType VisitIdentifier(Identifier identifier)
    {
        if (Lookup(identifier, identifier.Name) is { } type)
        {
            return type;
        }

        source.Report(identifier.Position,
            $"undeclared reference to '{identifier.Name.TrimStart('.')}' (in container '')");
        return CelType.Error;
    }

    private CelType? Lookup(Identifier identifier, string name)
    {
        if (!name.StartsWith('.'))
        {
            foreach (var (known, type) in _scope)
            {
                if (known == name)
                {
                    return type;
                }
            }
        }

        name = name.TrimStart('.');
        if (environment.Variables.TryGetValue(name, out var declared))
        {
            return declared;
        }

        if (environment.TypeNamed(name) is not { } named)
        {
            return null;
        }

        identifier.Resolved = new CelTypeValue(named);
        return CelType.TypeOf(named);
    }

    private CelType VisitSelect(Select select)
    {
        // a.b may be the name of one variable or type.
        if (!select.IsTest && !select.IsOptional && NameOf(select) is { } name && !IsInScope(name))
        {
            var qualified = new Identifier(select.Position, name);
            if (Lookup(qualified, name) is { } type)
            {
                select.Qualified = qualified;
                return type;
            }
        }

        var operand = _types.Resolve(Visit(select.Operand), unknownIsDyn: false);
        var isOptional = operand.Kind == CelKind.Optional;
        var field = FieldType(select, isOptional ? operand.Parameters[0] : operand);
        return select.IsTest ? CelType.Bool
            : isOptional || select.IsOptional ? field.Kind == CelKind.Optional ? field : CelType.Optional(field)
                : field;
    }

    private bool IsInScope(string name) => _scope.Any(known => known.Name == name[..name.IndexOf('.')]);

    private static string? NameOf(Expression expression) => expression switch
    {
        Identifier identifier => identifier.Name,
        Select { IsTest: false, IsOptional: false } select =>
            NameOf(select.Operand) is { } before ? before + "." + select.Field : null,
        _ => null,
    };

    private CelType FieldType(Select select, CelType operand)
    {
        switch (operand.Kind)
        {
            case CelKind.Map:
                return operand.Parameters[1];
            case CelKind.Object:
                if (operand.Fields!.TryGetValue(select.Field, out var field))
                {
                    return field;
                }

                source.Report(select.Position, $"undefined field '{select.Field}'");
                return CelType.Error;
            case CelKind.TypeParameter:
                // Selecting from what is not known yet makes it dynamic.
                _ = _types.IsAssignable(CelType.Dyn, operand);
                return CelType.Dyn;
            case CelKind.Dyn or CelKind.Error:
                return operand.Kind == CelKind.Dyn ? CelType.Dyn : CelType.Error;
            default:
                source.Report(select.Position, $"type '{operand.InWords()}' does not support field selection");
                return CelType.Error;
        }
    }

    private CelType VisitCall(Call call)
    {
        if (call.Target is not null && NameOf(call.Target) is { } space
            && environment.Functions.Find(space.TrimStart('.') + "." + call.Function) is not null)
        {
            call.Function = space.TrimStart('.') + "." + call.Function;
            call.Target = null;
        }

        call.Function = call.Target is null ? call.Function.TrimStart('.') : call.Function;
        var arguments = (call.Target is null ? call.Arguments : call.Arguments.Prepend(call.Target))
            .Select(Visit).ToList();
        if (environment.Functions.Find(call.Function) is not { } overloads)
        {
            source.Report(call.Position, $"undeclared reference to '{call.Function}' (in container '')");
            return CelType.Error;
        }

        var isMember = call.Target is not null;
        call.Overloads = [.. overloads.Where(overload => overload.IsMember == isMember
            && overload.Parameters.Length == arguments.Count)];
        return Choose(call, arguments);
    }

    private CelType Choose(Call call, List<CelType> arguments)
    {
        CelType? result = null;
        var fitting = new List<Overload>();
        foreach (var overload in call.Overloads)
        {
            var (parameters, gives) = _types.Instantiate(overload);
            if (!_types.AreAssignable(arguments, parameters))
            {
                continue;
            }

            fitting.Add(overload);
            gives = _types.Resolve(gives, unknownIsDyn: false);
            // Several forms may come to run: what they give together is not known.
            result = result is null ? gives : result.Equals(gives) ? result : CelType.Dyn;
        }

        if (result is not null)
        {
            call.Overloads = fitting;
            return result;
        }

        if (arguments.Any(type => type.Kind == CelKind.Error))
        {
            return CelType.Error;
        }

        var words = arguments.Select(type => _types.Resolve(type, unknownIsDyn: true).InWords()).ToList();
        var form = call.Target is null ? $"({string.Join(", ", words)})"
            : $"{words[0]}.({string.Join(", ", words.Skip(1))})";
        source.Report(call.Position, $"found no matching overload for '{call.Function}' applied to '{form}'");
        return CelType.Error;
    }
}
