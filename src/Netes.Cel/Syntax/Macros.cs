namespace Netes.Cel;

/// <summary>Macros to what they stand for, from the inside out: has, all, exists, exists_one, map, filter; with two
/// variables also transformList, transformMap, transformMapEntry; cel.bind, optMap, optFlatMap.
/// Source: cel-go parser/macro.go, ext/comprehensions.go, ext/bindings.go, cel/library.go.</summary>
internal sealed class Macros(Source source)
{
    private static readonly CelValue _nothing = new CelListValue([]);

    public Expression Expand(Expression expression) => expression switch
    {
        Select select => new Select(select.Position, Expand(select.Operand), select.Field)
        {
            IsOptional = select.IsOptional,
        },
        Call call => ExpandCall(call),
        ListLiteral list => new ListLiteral(list.Position,
            [.. list.Elements.Select(element => (Expand(element.Value), element.IsOptional))]),
        MapLiteral map => new MapLiteral(map.Position,
            [.. map.Entries.Select(entry => entry with { Key = Expand(entry.Key), Value = Expand(entry.Value) })]),
        ObjectLiteral made => new ObjectLiteral(made.Position, made.TypeName,
            [.. made.Fields.Select(field => field with { Value = Expand(field.Value) })]),
        _ => expression,
    };

    private static Identifier Variable(int position, string name = Comprehension.Accumulator) => new(position, name);

    private static Constant Literal(int position, CelValue value) => new(position, value);

    private static Call Calls(int position, string function, params Expression[] arguments) =>
        new(position, function, null, arguments);

    private static ListLiteral One(Expression element) => new(element.Position, [(element, false)]);

    private Expression ExpandCall(Call call)
    {
        var arguments = call.Arguments.Select(Expand).ToList();
        var target = call.Target is null ? null : Expand(call.Target);
        return (target is null ? Global(call, arguments) : Member(call, target, arguments))
            ?? new Call(call.Position, call.Function, target, arguments);
    }

    private Expression? Global(Call call, List<Expression> arguments)
    {
        if (call.Function != "has" || arguments.Count != 1)
        {
            return null;
        }

        if (arguments[0] is Select select)
        {
            return new Select(call.Position, select.Operand, select.Field)
            {
                IsTest = true,
                IsOptional = select.IsOptional,
            };
        }

        source.Report(arguments[0].Position, "invalid argument to has() macro");
        return arguments[0];
    }

    private Expression? Member(Call call, Expression target, List<Expression> arguments)
    {
        var at = call.Position;
        switch (call.Function, arguments.Count)
        {
            case ("bind", 3) when target is Identifier { Name: "cel" }:
                return Name(arguments[0], "cel.bind() variable names must be simple identifiers") is { } bound
                    ? Bind(at, bound, arguments[1], arguments[2]) : arguments[2];
            case ("optMap" or "optFlatMap", 2):
                return Name(arguments[0], $"{call.Function}() variable name must be a simple identifier") is { } held
                    ? OptionalMap(at, call.Function == "optMap", held, target, arguments[1]) : target;
            case ("all" or "exists" or "exists_one" or "filter" or "map", 2):
            case ("map", 3):
                return Name(arguments[0]) is { } name
                    ? Walk(at, call.Function, target, (name, null), arguments[1..]) : target;
            case ("all" or "exists" or "exists_one" or "existsOne" or "transformList" or "transformMap"
                or "transformMapEntry", 3):
            case ("transformList" or "transformMap" or "transformMapEntry", 4):
                return Names(arguments) is { } names
                    ? Walk(at, call.Function, target, names, arguments[2..]) : target;
            default:
                return null;
        }
    }

    private string? Name(Expression argument, string otherwise = "argument must be a simple name")
    {
        if (argument is Identifier { Name: [not '.', ..] } identifier)
        {
            return identifier.Name;
        }

        source.Report(argument.Position, otherwise);
        return null;
    }

    private (string, string?)? Names(List<Expression> arguments)
    {
        if (Name(arguments[0]) is not { } first || Name(arguments[1]) is not { } second)
        {
            return null;
        }

        if (first == second)
        {
            source.Report(arguments[1].Position, $"duplicate variable name: {first}");
            return null;
        }

        return (first, second);
    }

    private static Comprehension Bind(int at, string name, Expression value, Expression result) => new(at)
    {
        Range = Literal(at, _nothing),
        Variable = "#unused",
        Accumulated = name,
        Start = value,
        Condition = Literal(at, CelValue.False),
        Step = Variable(at, name),
        Result = result,
    };

    // What is asked twice is evaluated once: a chain of these would double its cost with each link.
    private static Comprehension OptionalMap(int at, bool wraps, string name, Expression target, Expression result)
    {
        const string Target = "@target";
        var bound = Bind(at, name, new Call(at, "value", Variable(at, Target), []), result);
        return Bind(at, Target, target, Calls(at, Operators.Conditional,
            new Call(at, "hasValue", Variable(at, Target), []),
            wraps ? Calls(at, "optional.of", bound) : bound, Calls(at, "optional.none")));
    }

    // The last of the arguments is what each step gives or asks; before it may stand a filter.
    private static Comprehension Walk(int at, string macro, Expression range, (string First, string? Second) names,
        List<Expression> arguments)
    {
        var one = arguments[^1];
        var filter = arguments.Count > 1 ? arguments[0] : null;
        var (start, condition, step, result) = macro switch
        {
            "all" => (CelValue.True, Calls(at, Operators.NotStrictlyFalse, Variable(at)),
                Calls(at, Operators.And, Variable(at), one), Variable(at)),
            "exists" => (CelValue.False,
                Calls(at, Operators.NotStrictlyFalse, Calls(at, Operators.Not, Variable(at))),
                Calls(at, Operators.Or, Variable(at), one), Variable(at)),
            "exists_one" or "existsOne" => (CelValue.Of(0), Literal(at, CelValue.True),
                If(one, Calls(at, Operators.Add, Variable(at), Literal(at, CelValue.Of(1)))),
                Calls(at, Operators.Equal, Variable(at), Literal(at, CelValue.Of(1)))),
            "filter" => (null, Literal(at, CelValue.True),
                If(one, Calls(at, Operators.Add, Variable(at), One(Variable(at, names.First)))), Variable(at)),
            "map" or "transformList" => (null, Literal(at, CelValue.True),
                If(filter, Calls(at, Operators.Add, Variable(at), One(one))), Variable(at)),
            "transformMap" => (null, Literal(at, CelValue.True),
                If(filter, Calls(at, Operators.MapInsert, Variable(at), Variable(at, names.First), one)), Variable(at)),
            _ => ((CelValue?)null, (Expression)Literal(at, CelValue.True),
                If(filter, Calls(at, Operators.MapInsert, Variable(at), one)), (Expression)Variable(at)),
        };
        return new Comprehension(at)
        {
            Range = range,
            Variable = names.First,
            SecondVariable = names.Second,
            Start = start is not null ? Literal(at, start)
                : macro.StartsWith("transformMap", StringComparison.Ordinal) ? new MapLiteral(at, [])
                : new ListLiteral(at, []),
            Condition = condition,
            Step = step,
            Result = result,
        };

        Expression If(Expression? filter, Expression then) =>
            filter is null ? then : Calls(at, Operators.Conditional, filter, then, Variable(at));
    }
}
