namespace Netes.Cel;

/// <summary>Literals that can be seen to be wrong before anything is evaluated.
/// Source: cel-go cel/validator.go: ValidateDurationLiterals, ValidateTimestampLiterals,
/// ValidateRegexLiterals.</summary>
internal static class LiteralChecks
{
    public static void Check(Source source, Expression expression)
    {
        switch (expression)
        {
            case Select { Qualified: null } select:
                Check(source, select.Operand);
                break;
            case Call call:
                CheckCall(source, call);
                break;
            case ListLiteral list:
                All(source, list.Elements.Select(element => element.Value));
                break;
            case MapLiteral map:
                All(source, map.Entries.SelectMany(entry => new[] { entry.Key, entry.Value }));
                break;
            case ObjectLiteral made:
                All(source, made.Fields.Select(field => field.Value));
                break;
            case Comprehension walk:
                All(source, [walk.Range, walk.Start, walk.Condition, walk.Step, walk.Result]);
                break;
        }
    }

    private static void All(Source source, IEnumerable<Expression> expressions)
    {
        foreach (var expression in expressions)
        {
            Check(source, expression);
        }
    }

    private static void CheckCall(Source source, Call call)
    {
        All(source, call.Target is null ? call.Arguments : call.Arguments.Prepend(call.Target));
        if (call.Arguments.Count == 0 || call.Arguments[^1] is not Constant { Value: CelString text } literal)
        {
            return;
        }

        var isRight = call.Function switch
        {
            "duration" => CelDuration.Parse(text.Value) is not null,
            "timestamp" => CelTimestamp.Parse(text.Value) is not null,
            "matches" => Patterns.Get(text.Value, out _) is not null,
            _ => true,
        };
        if (!isRight)
        {
            source.Report(literal.Position, $"invalid {call.Function} argument");
        }
    }
}
