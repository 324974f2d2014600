namespace Netes.Cel;

/// <summary>One evaluation: walks the checked tree, counts what it costs and stops at the limit. Errors are values.
/// Source: cel-go interpreter/interpretable.go, attributes.go.</summary>
internal sealed class Interpreter(IReadOnlyDictionary<string, CelValue> variables, ulong limit,
    CancellationToken cancel)
{
    // Kubernetes: celconfig.CheckFrequency.
    private const int StepsBetweenChecks = 100;

    private readonly List<(string Name, CelValue Value)> _scope = [];
    private int _steps;

    public ulong Cost { get; private set; }

    public CelValue Run(Expression expression)
    {
        try
        {
            return Evaluate(expression);
        }
        catch (StoppedException stopped)
        {
            return new CelError(stopped.Message);
        }
    }

    private void Charge(ulong cost)
    {
        Cost = ulong.MaxValue - Cost < cost ? ulong.MaxValue : Cost + cost;
        if (Cost > limit)
        {
            throw new StoppedException(CelProgram.CostLimitExceeded);
        }
    }

    private CelValue Evaluate(Expression expression) => expression switch
    {
        Constant constant => constant.Value,
        Identifier identifier => identifier.Resolved ?? Variable(identifier.Name),
        Select select => EvaluateSelect(select),
        Call call => EvaluateCall(call),
        ListLiteral list => EvaluateList(list),
        MapLiteral map => EvaluateMap(map),
        ObjectLiteral made => EvaluateObject(made),
        Comprehension walk => EvaluateComprehension(walk),
        _ => throw new ArgumentException(expression.GetType().Name),
    };

    private CelValue Variable(string name)
    {
        Charge(1);
        if (!name.StartsWith('.'))
        {
            for (var i = _scope.Count - 1; i >= 0; i--)
            {
                if (_scope[i].Name == name)
                {
                    return _scope[i].Value;
                }
            }
        }

        return variables.TryGetValue(name.TrimStart('.'), out var value) ? value
            : new CelError($"no such attribute(s): {name.TrimStart('.')}");
    }

    private CelValue EvaluateSelect(Select select)
    {
        if (select.Qualified is { } qualified)
        {
            return Evaluate(qualified);
        }

        var operand = select.IsTest ? TestOperand(select.Operand) : Evaluate(select.Operand);
        if (operand is CelError)
        {
            return operand;
        }

        if (!select.IsTest)
        {
            Charge(RuntimeCost.Qualifier(select.Operand));
        }

        var key = CelValue.Of(select.Field);
        if (operand is CelOptional optional)
        {
            var held = optional.Value is null ? CelOptional.None : Access.FindOptional(optional.Value, key);
            return select.IsTest ? CelValue.Of(held is CelOptional { Value: not null }) : held;
        }

        return select.IsTest
            ? operand is CelMap map ? CelValue.Of(map.Find(key) is not null) : CelError.NoSuchOverload
            : select.IsOptional ? Access.FindOptional(operand, key) : Access.Field(operand, key);
    }

    // has() counts what it selects, and not the variable that it begins with.
    private CelValue TestOperand(Expression operand)
    {
        var value = Evaluate(operand);
        var root = operand;
        while (root is Select { Qualified: null } select)
        {
            root = select.Operand;
        }

        Cost -= root is Identifier { Resolved: null } && Cost > 0 ? 1u : 0;
        return value;
    }

    private CelValue EvaluateCall(Call call)
    {
        switch (call.Function)
        {
            case Operators.And:
                return Logical(call, CelValue.False);
            case Operators.Or:
                return Logical(call, CelValue.True);
            case Operators.Conditional:
                var condition = Evaluate(call.Arguments[0]);
                return condition switch
                {
                    CelBool { Value: true } => Evaluate(call.Arguments[1]),
                    CelBool => Evaluate(call.Arguments[2]),
                    CelError => condition,
                    _ => CelError.NoSuchOverload,
                };
            case Operators.NotStrictlyFalse:
                var value = Evaluate(call.Arguments[0]);
                Charge(1);
                return CelValue.Of(value is not CelBool { Value: false });
            case "or" or "orValue" when call.Target is not null:
                return EvaluateOr(call);
        }

        var offset = call.Target is null ? 0 : 1;
        var arguments = new CelValue[call.Arguments.Count + offset];
        for (var i = 0; i < arguments.Length; i++)
        {
            arguments[i] = Evaluate(i < offset ? call.Target! : call.Arguments[i - offset]);
            if (arguments[i] is CelError)
            {
                return arguments[i];
            }
        }

        return Invoke(call, arguments);
    }

    private CelValue Invoke(Call call, CelValue[] arguments)
    {
        // A list takes any whole number of an unknown type, so forms do not decide here.
        if (call.Function is Operators.Index or Operators.OptionalIndex)
        {
            Charge(RuntimeCost.Qualifier(call.Arguments[0]));
            return call.Function == Operators.Index ? Access.Index(arguments[0], arguments[1])
                : Access.FindOptional(arguments[0], arguments[1]);
        }

        foreach (var overload in call.Overloads)
        {
            if (overload.Run is not null && overload.Takes(arguments))
            {
                Charge(RuntimeCost.Of(call.Function, overload.Id, arguments));
                return overload.Run(arguments);
            }
        }

        return CelError.NoSuchOverload;
    }

    // An error on one side does not matter where the other side decides.
    private CelValue Logical(Call call, CelValue deciding)
    {
        var left = Evaluate(call.Arguments[0]);
        if (left.Equals(deciding))
        {
            return deciding;
        }

        var right = Evaluate(call.Arguments[1]);
        return right.Equals(deciding) ? deciding
            : left is CelError ? left
            : right is CelError ? right
            : left is CelBool && right is CelBool ? right : CelError.NoSuchOverload;
    }

    // The alternative is evaluated only where it is needed.
    private CelValue EvaluateOr(Call call)
    {
        var target = Evaluate(call.Target!);
        return target switch
        {
            CelError => target,
            CelOptional { Value: { } held } => call.Function == "or" ? target : held,
            CelOptional => Evaluate(call.Arguments[0]),
            _ => CelError.NoSuchOverload,
        };
    }

    private CelValue EvaluateList(ListLiteral list)
    {
        var elements = new List<CelValue>(list.Elements.Count);
        foreach (var (expression, isOptional) in list.Elements)
        {
            var value = Evaluate(expression);
            if (!Unwrap(ref value, isOptional, out var error))
            {
                continue;
            }

            if (error is not null)
            {
                return error;
            }

            elements.Add(value);
        }

        Charge(RuntimeCost.List);
        var weight = 1 + elements.Sum(static element => element.Weight);
        return weight > CelList.MostWeight ? new CelError("list size limit exceeded")
            : new CelListValue(elements, elements.Count, weight);
    }

    private CelValue EvaluateMap(MapLiteral map)
    {
        var entries = new Dictionary<CelValue, CelValue>();
        foreach (var entry in map.Entries)
        {
            var key = Evaluate(entry.Key);
            if (key is CelError)
            {
                return key;
            }

            var value = Evaluate(entry.Value);
            if (!Unwrap(ref value, entry.IsOptional, out var error))
            {
                continue;
            }

            if (error is not null || key is not (CelString or CelInt or CelUint or CelBool or CelDouble))
            {
                return error ?? new CelError($"unsupported key type: {key.Type}");
            }

            if (!entries.TryAdd(key, value))
            {
                return new CelError($"Failed with repeated key {key}");
            }
        }

        Charge(RuntimeCost.Map);
        var made = new CelMapValue(entries);
        return made.Weight > CelList.MostWeight ? new CelError("map size limit exceeded") : made;
    }

    private CelValue EvaluateObject(ObjectLiteral made)
    {
        var fields = new Dictionary<string, CelValue>();
        foreach (var field in made.Fields)
        {
            var value = Evaluate(field.Value);
            if (!Unwrap(ref value, field.IsOptional, out var error))
            {
                continue;
            }

            if (error is not null)
            {
                return error;
            }

            fields[field.Field] = value;
        }

        Charge(RuntimeCost.Object);
        return CelValue.Map(fields);
    }

    /// <summary>False: there is no element.</summary>
    private static bool Unwrap(ref CelValue value, bool isOptional, out CelError? error)
    {
        error = value as CelError;
        if (!isOptional || error is not null)
        {
            return true;
        }

        if (value is not CelOptional optional)
        {
            error = new CelError($"cannot initialize optional list element from non-optional value {value}");
            return true;
        }

        value = optional.Value ?? value;
        return optional.Value is not null;
    }

    private CelValue EvaluateComprehension(Comprehension walk)
    {
        var range = Evaluate(walk.Range);
        if (range is not (CelList or CelMap))
        {
            return range is CelError ? range : CelError.NoSuchOverload;
        }

        var depth = _scope.Count;
        var collected = Evaluate(walk.Start);
        _scope.Add((walk.Accumulated, collected));
        var pairs = range is CelList list ? Pairs(list, walk.SecondVariable is not null) : Pairs((CelMap)range);
        foreach (var (first, second) in pairs)
        {
            CheckCancelled();
            _scope.Add((walk.Variable, first));
            if (walk.SecondVariable is { } name)
            {
                _scope.Add((name, second));
            }

            var goesOn = Evaluate(walk.Condition);
            collected = goesOn is CelBool { Value: true } ? Evaluate(walk.Step)
                : goesOn is CelError ? goesOn : collected;
            _scope.RemoveRange(depth, _scope.Count - depth);
            _scope.Add((walk.Accumulated, collected));
            if (goesOn is not CelBool { Value: true })
            {
                break;
            }
        }

        var result = Evaluate(walk.Result);
        _scope.RemoveRange(depth, _scope.Count - depth);
        return result;
    }

    private static IEnumerable<(CelValue, CelValue)> Pairs(CelList list, bool isIndexed) =>
        list.Elements().Select((value, index) => isIndexed ? (CelValue.Of(index), value) : (value, value));

    private static IEnumerable<(CelValue, CelValue)> Pairs(CelMap map) =>
        map.Keys.Select(key => (key, map.Find(key) ?? CelValue.Null));

    private void CheckCancelled()
    {
        if (++_steps % StepsBetweenChecks == 0 && cancel.IsCancellationRequested)
        {
            throw new StoppedException("operation interrupted");
        }
    }

    private sealed class StoppedException(string message) : Exception(message);
}
