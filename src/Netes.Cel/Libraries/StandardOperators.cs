namespace Netes.Cel;

/// <summary>Arithmetic with overflow as errors, order, equality, membership, indexes.
/// Source: cel-go common/stdlib/standard.go.</summary>
internal static class StandardOperators
{
    internal static readonly CelType A = CelType.Parameter("A"), B = CelType.Parameter("B");

    private static readonly CelError _intOverflow = new("integer overflow"),
        _uintOverflow = new("unsigned integer overflow"), _byZero = new("division by zero"),
        _modulusByZero = new("modulus by zero"), _timestampOverflow = new("timestamp overflow"),
        _durationOverflow = new("duration overflow"), _tooLarge = new("list size limit exceeded");

    public static void Register(FunctionTable functions)
    {
        CelType[] bools = [CelType.Bool, CelType.Bool];
        functions.Global(Operators.And, "logical_and", bools, CelType.Bool);
        functions.Global(Operators.Or, "logical_or", bools, CelType.Bool);
        functions.Global(Operators.Conditional, "conditional", [CelType.Bool, A, A], A);
        functions.Global(Operators.NotStrictlyFalse, "not_strictly_false", [CelType.Bool], CelType.Bool);
        functions.Global(Operators.Not, "logical_not", [CelType.Bool], CelType.Bool,
            a => CelValue.Of(!((CelBool)a[0]).Value));
        functions.Global(Operators.Equal, "equals", [A, A], CelType.Bool, a => CelValue.Of(a[0].Equals(a[1])));
        functions.Global(Operators.NotEqual, "not_equals", [A, A], CelType.Bool, a => CelValue.Of(!a[0].Equals(a[1])));
        functions.Global(Operators.In, "in_list", [A, CelType.List(A)], CelType.Bool, a => Access.In(a[0], a[1]));
        functions.Global(Operators.In, "in_map", [A, CelType.Map(A, B)], CelType.Bool, a => Access.In(a[0], a[1]));
        functions.Global(Operators.Index, "index_list", [CelType.List(A), CelType.Int], A, a =>
            Access.Index(a[0], a[1]));
        functions.Global(Operators.Index, "index_map", [CelType.Map(A, B), A], B, a => Access.Index(a[0], a[1]));
        functions.Global(Operators.MapInsert, "map_insert", [CelType.Map(A, B), A, B], CelType.Map(A, B), Insert);
        functions.Global(Operators.MapInsert, "map_insert_map", [CelType.Map(A, B), CelType.Map(A, B)],
            CelType.Map(A, B), InsertAll);
        RegisterArithmetic(functions);
        RegisterTimes(functions);
        RegisterOrder(functions);
    }

    /// <summary>-1, 0 or 1; null where the two have no order.</summary>
    internal static int? Order(CelValue a, CelValue b) => (a, b) switch
    {
        (CelString x, CelString y) => Text.Compare(x.Value, y.Value),
        (CelBool x, CelBool y) => x.Value.CompareTo(y.Value),
        (CelBytes x, CelBytes y) => x.Value.SequenceCompareTo(y.Value),
        (CelTimestamp x, CelTimestamp y) => x.Nanos.CompareTo(y.Nanos),
        (CelDuration x, CelDuration y) => x.Nanos.CompareTo(y.Nanos),
        _ => Numbers.Compare(a, b),
    };

    internal static CelValue Add(CelValue a, CelValue b) => (a, b) switch
    {
        (CelInt x, CelInt y) => Whole((Int128)x.Value + y.Value),
        (CelUint x, CelUint y) => Unsigned((Int128)x.Value + y.Value),
        (CelDouble x, CelDouble y) => CelValue.Of(x.Value + y.Value),
        (CelDuration x, CelDuration y) => CelDuration.Create((Int128)x.Nanos + y.Nanos) ?? (CelValue)_durationOverflow,
        (CelTimestamp x, CelDuration y) => CelTimestamp.Create(x.Nanos + y.Nanos) ?? (CelValue)_timestampOverflow,
        (CelDuration x, CelTimestamp y) => CelTimestamp.Create(x.Nanos + y.Nanos) ?? (CelValue)_timestampOverflow,
        (CelString x, CelString y) => CelValue.Of(x.Value + y.Value),
        (CelBytes x, CelBytes y) => new CelBytes([.. x.Value, .. y.Value]),
        (CelList x, CelList y) => x.Concat(y) ?? (CelValue)_tooLarge,
        _ => CelError.NoSuchOverload,
    };

    internal static CelValue Whole(Int128 value) =>
        value < long.MinValue || value > long.MaxValue ? _intOverflow : CelValue.Of((long)value);

    internal static CelValue Unsigned(Int128 value) =>
        value < 0 || value > ulong.MaxValue ? _uintOverflow : new CelUint((ulong)value);

    private static void RegisterArithmetic(FunctionTable functions)
    {
        (string Name, CelType Type)[] numbers =
            [("int64", CelType.Int), ("uint64", CelType.Uint), ("double", CelType.Double)];
        foreach (var (name, type) in numbers)
        {
            functions.Global(Operators.Add, "add_" + name, [type, type], type, a => Add(a[0], a[1]));
            functions.Global(Operators.Subtract, "subtract_" + name, [type, type], type, a => Subtract(a[0], a[1]));
            functions.Global(Operators.Multiply, "multiply_" + name, [type, type], type, a => Multiply(a[0], a[1]));
            functions.Global(Operators.Divide, "divide_" + name, [type, type], type, a => Divide(a[0], a[1]));
            if (type.Kind != CelKind.Double)
            {
                functions.Global(Operators.Modulo, "modulo_" + name, [type, type], type, a => Modulo(a[0], a[1]));
            }
        }

        functions.Global(Operators.Negate, "negate_int64", [CelType.Int], CelType.Int,
            a => Whole(-(Int128)((CelInt)a[0]).Value));
        functions.Global(Operators.Negate, "negate_double", [CelType.Double], CelType.Double,
            a => CelValue.Of(-((CelDouble)a[0]).Value));
        functions.Global(Operators.Add, "add_string", [CelType.String, CelType.String], CelType.String,
            a => Add(a[0], a[1]));
        functions.Global(Operators.Add, "add_bytes", [CelType.Bytes, CelType.Bytes], CelType.Bytes,
            a => Add(a[0], a[1]));
        functions.Global(Operators.Add, "add_list", [CelType.List(A), CelType.List(A)], CelType.List(A),
            a => Add(a[0], a[1]));
    }

    private static void RegisterTimes(FunctionTable functions)
    {
        var (time, span) = (CelType.Timestamp, CelType.Duration);
        functions.Global(Operators.Add, "add_timestamp_duration", [time, span], time, a => Add(a[0], a[1]));
        functions.Global(Operators.Add, "add_duration_timestamp", [span, time], time, a => Add(a[0], a[1]));
        functions.Global(Operators.Add, "add_duration_duration", [span, span], span, a => Add(a[0], a[1]));
        functions.Global(Operators.Subtract, "subtract_timestamp_timestamp", [time, time], span,
            a => Subtract(a[0], a[1]));
        functions.Global(Operators.Subtract, "subtract_timestamp_duration", [time, span], time,
            a => Subtract(a[0], a[1]));
        functions.Global(Operators.Subtract, "subtract_duration_duration", [span, span], span,
            a => Subtract(a[0], a[1]));
    }

    private static void RegisterOrder(FunctionTable functions)
    {
        (string Operator, string Name, Func<int, bool> Holds)[] comparisons =
        [
            (Operators.Less, "less", order => order < 0), (Operators.LessOrEqual, "less_equals", order => order <= 0),
            (Operators.Greater, "greater", order => order > 0),
            (Operators.GreaterOrEqual, "greater_equals", order => order >= 0),
        ];
        (string Name, CelType Left, CelType Right)[] pairs =
        [
            ("bool", CelType.Bool, CelType.Bool), ("int64", CelType.Int, CelType.Int),
            ("int64_double", CelType.Int, CelType.Double), ("int64_uint64", CelType.Int, CelType.Uint),
            ("uint64", CelType.Uint, CelType.Uint), ("uint64_double", CelType.Uint, CelType.Double),
            ("uint64_int64", CelType.Uint, CelType.Int), ("double", CelType.Double, CelType.Double),
            ("double_int64", CelType.Double, CelType.Int), ("double_uint64", CelType.Double, CelType.Uint),
            ("string", CelType.String, CelType.String), ("bytes", CelType.Bytes, CelType.Bytes),
            ("timestamp", CelType.Timestamp, CelType.Timestamp), ("duration", CelType.Duration, CelType.Duration),
        ];
        foreach (var (symbol, word, holds) in comparisons)
        {
            foreach (var (name, left, right) in pairs)
            {
                functions.Global(symbol, $"{word}_{name}", [left, right], CelType.Bool,
                    // NaN is in no order with anything.
                    a => CelValue.Of(Order(a[0], a[1]) is { } order && holds(order)));
            }
        }
    }

    private static CelValue Subtract(CelValue a, CelValue b) => (a, b) switch
    {
        (CelInt x, CelInt y) => Whole((Int128)x.Value - y.Value),
        (CelUint x, CelUint y) => Unsigned((Int128)x.Value - y.Value),
        (CelDouble x, CelDouble y) => CelValue.Of(x.Value - y.Value),
        (CelDuration x, CelDuration y) => CelDuration.Create((Int128)x.Nanos - y.Nanos) ?? (CelValue)_durationOverflow,
        (CelTimestamp x, CelDuration y) => CelTimestamp.Create(x.Nanos - y.Nanos) ?? (CelValue)_timestampOverflow,
        (CelTimestamp x, CelTimestamp y) => CelDuration.Create(x.Nanos - y.Nanos) ?? (CelValue)_durationOverflow,
        _ => CelError.NoSuchOverload,
    };

    private static CelValue Multiply(CelValue a, CelValue b) => (a, b) switch
    {
        (CelInt x, CelInt y) => Whole((Int128)x.Value * y.Value),
        (CelUint x, CelUint y) => y.Value != 0 && x.Value > ulong.MaxValue / y.Value ? _uintOverflow
            : new CelUint(x.Value * y.Value),
        (CelDouble x, CelDouble y) => CelValue.Of(x.Value * y.Value),
        _ => CelError.NoSuchOverload,
    };

    private static CelValue Divide(CelValue a, CelValue b) => (a, b) switch
    {
        (CelInt, CelInt { Value: 0 }) or (CelUint, CelUint { Value: 0 }) => _byZero,
        (CelInt x, CelInt y) => Whole((Int128)x.Value / y.Value),
        (CelUint x, CelUint y) => new CelUint(x.Value / y.Value),
        (CelDouble x, CelDouble y) => CelValue.Of(x.Value / y.Value),
        _ => CelError.NoSuchOverload,
    };

    private static CelValue Modulo(CelValue a, CelValue b) => (a, b) switch
    {
        (CelInt, CelInt { Value: 0 }) or (CelUint, CelUint { Value: 0 }) => _modulusByZero,
        // Go's types.Int.Modulo calls the only case that would overflow an overflow.
        (CelInt { Value: long.MinValue }, CelInt { Value: -1 }) => _intOverflow,
        (CelInt x, CelInt y) => CelValue.Of(x.Value % y.Value),
        (CelUint x, CelUint y) => new CelUint(x.Value % y.Value),
        _ => CelError.NoSuchOverload,
    };

    // Only transformMap calls these, and what it collects into is nobody else's yet.
    private static CelValue Insert(CelValue[] arguments) => arguments[0] is not CelMapValue map
        ? CelError.NoSuchOverload
        : map.Insert(arguments[1], arguments[2]) ? map
            : new CelError($"insert failed: key {arguments[1]} already exists");

    private static CelValue InsertAll(CelValue[] arguments)
    {
        var more = (CelMap)arguments[1];
        foreach (var key in more.Keys)
        {
            if (Insert([arguments[0], key, more.Find(key)!]) is CelError error)
            {
                return error;
            }
        }

        return arguments[0];
    }
}
