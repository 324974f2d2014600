using System.Globalization;

namespace Netes.Api;

/// <summary>The operators of label requirements, as their string form writes them.</summary>
public enum LabelOperator
{
    In,
    NotIn,
    Equals,
    DoubleEquals,
    NotEquals,
    Exists,
    DoesNotExist,
    GreaterThan,
    LessThan,
}

/// <summary>One condition on labels. Source: apimachinery pkg/labels/selector.go.</summary>
public sealed record LabelRequirement(string Key, LabelOperator Operator, ValueList<string> Values)
{
    public bool Matches(ValueMap<string> labels)
    {
        var exists = labels.TryGetValue(Key, out var value);
        return Operator switch
        {
            LabelOperator.In or LabelOperator.Equals or LabelOperator.DoubleEquals =>
                exists && Values.AsSpan().Contains(value!),
            LabelOperator.NotIn or LabelOperator.NotEquals => !exists || !Values.AsSpan().Contains(value!),
            LabelOperator.Exists => exists,
            LabelOperator.DoesNotExist => !exists,
            _ => exists && Compares(value!),
        };
    }

    /// <summary>The form that <see cref="LabelSelectors.TryParse"/> reads.</summary>
    public override string ToString() => Operator switch
    {
        LabelOperator.Exists => Key,
        LabelOperator.DoesNotExist => "!" + Key,
        LabelOperator.Equals => $"{Key}={Values[0]}",
        LabelOperator.DoubleEquals => $"{Key}=={Values[0]}",
        LabelOperator.NotEquals => $"{Key}!={Values[0]}",
        LabelOperator.GreaterThan => $"{Key}>{Values[0]}",
        LabelOperator.LessThan => $"{Key}<{Values[0]}",
        _ => $"{Key} {(Operator == LabelOperator.In ? "in" : "notin")} "
            + $"({string.Join(",", Values.Order(StringComparer.Ordinal))})",
    };

    /// <summary>What is wrong with it, with the field at fault below <paramref name="path"/>.</summary>
    internal IEnumerable<FieldError> Validate(FieldPath path)
    {
        foreach (var message in Joined(Names.QualifiedName(Key)))
        {
            yield return FieldError.Invalid(path.Child("key"), Key, message);
        }

        var values = path.Child("values");
        var wrongCount = Operator switch
        {
            LabelOperator.In or LabelOperator.NotIn when Values.IsEmpty =>
                "for 'in', 'notin' operators, values set can't be empty",
            LabelOperator.Exists or LabelOperator.DoesNotExist when !Values.IsEmpty =>
                "values set must be empty for exists and does not exist",
            LabelOperator.GreaterThan or LabelOperator.LessThan when Values.Count != 1 =>
                "for 'Gt', 'Lt' operators, exactly one value is required",
            _ => null,
        };
        if (wrongCount is not null)
        {
            yield return FieldError.Invalid(values, $"[{string.Join(" ", Values)}]", wrongCount);
        }

        for (var i = 0; i < Values.Count; i++)
        {
            if (Operator is LabelOperator.GreaterThan or LabelOperator.LessThan && !TryNumber(Values[i], out _))
            {
                yield return FieldError.Invalid(
                    values.Index(i), Values[i], "for 'Gt', 'Lt' operators, the value must be an integer");
            }

            foreach (var message in Joined(Names.LabelValue(Values[i])))
            {
                yield return FieldError.Invalid(values.Index(i).Key(Key), Values[i], message);
            }
        }
    }

    private static string[] Joined(IReadOnlyList<string> messages) =>
        messages.Count == 0 ? [] : [string.Join("; ", messages)];

    private static bool TryNumber(string text, out long number) =>
        long.TryParse(text, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out number);

    private bool Compares(string value) =>
        TryNumber(value, out var left) && Values.Count == 1 && TryNumber(Values[0], out var right)
        && (Operator == LabelOperator.GreaterThan ? left > right : left < right);
}
