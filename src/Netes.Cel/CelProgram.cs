namespace Netes.Cel;

/// <summary>A value or a <see cref="CelError"/>, and what finding it cost.</summary>
public sealed record CelResult(CelValue Value, ulong Cost)
{
    /// <summary>cel-go's message where the evaluation failed, else null.</summary>
    public string? Error => (Value as CelError)?.Message;
}

/// <summary>An expression that was found to be right. Immutable: any number of threads may evaluate it at once.
/// Source: cel-go cel/program.go.</summary>
public sealed class CelProgram
{
    /// <summary>The error of an evaluation that went over its limit.</summary>
    public const string CostLimitExceeded = "operation cancelled: actual cost limit exceeded";

    /// <summary>Kubernetes' limit of one evaluation (celconfig.PerCallLimit), about a tenth of a second.</summary>
    public const ulong PerCallLimit = 1_000_000;

    private readonly Expression _expression;

    internal CelProgram(string text, Expression expression, CelType resultType)
    {
        Text = text;
        _expression = expression;
        ResultType = resultType;
    }

    public string Text { get; }

    public CelType ResultType { get; }

    internal Expression Expression => _expression;

    /// <summary>The least and the most that an evaluation costs, for variables of the sizes that their types allow
    /// (<see cref="CelType.WithMaxSize"/>); without bounds the most is <see cref="ulong.MaxValue"/> once a text or
    /// list of unknown size is looked through.</summary>
    public CelCostRange EstimateCost() => new CostEstimator().Cost(_expression);

    /// <summary>Evaluates with these variables. Never throws for what an expression does: that is the result's
    /// error, also beyond <paramref name="costLimit"/> (<see cref="CostLimitExceeded"/>) and when cancelled
    /// (<c>operation interrupted</c>).</summary>
    public CelResult Evaluate(IReadOnlyDictionary<string, CelValue> variables, ulong costLimit,
        CancellationToken cancel)
    {
        var interpreter = new Interpreter(variables, costLimit, cancel);
        var value = interpreter.Run(_expression);
        return new CelResult(value, interpreter.Cost);
    }
}
