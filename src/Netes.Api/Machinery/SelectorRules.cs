using Netes.Api.Meta;

namespace Netes.Api;

/// <summary>
/// Label selectors inside of objects. Source: apimachinery pkg/apis/meta/v1/validation/validation.go.
/// </summary>
internal static class SelectorRules
{
    public static bool IsValid(LabelSelector selector)
    {
        List<FieldError> errors = [];
        Validate(selector, FieldPath.Root, errors);
        return errors.Count == 0;
    }

    public static void Validate(LabelSelector? selector, FieldPath path, List<FieldError> errors)
    {
        if (selector is null)
        {
            return;
        }

        ObjectMetaRules.ValidateLabels(selector.MatchLabels, path.Child("matchLabels"), errors);
        for (var i = 0; i < selector.MatchExpressions.Count; i++)
        {
            Validate(selector.MatchExpressions[i], path.Child("matchExpressions").Index(i), errors);
        }
    }

    /// <summary>Whether the labels have all that the selector asks for; an empty selector takes any.</summary>
    public static bool Matches(LabelSelector selector, ValueMap<string> labels) =>
        selector.MatchLabels.All(pair => labels.TryGetValue(pair.Key, out var value) && value == pair.Value)
        && selector.MatchExpressions.All(expression => Matches(expression, labels));

    private static bool Matches(LabelSelectorRequirement expression, ValueMap<string> labels)
    {
        var has = labels.TryGetValue(expression.Key, out var value);
        return expression.Operator switch
        {
            LabelSelectorOperator.In => has && expression.Values.Contains(value),
            LabelSelectorOperator.NotIn => !has || !expression.Values.Contains(value),
            LabelSelectorOperator.Exists => has,
            LabelSelectorOperator.DoesNotExist => !has,
            _ => false,
        };
    }

    private static void Validate(LabelSelectorRequirement expression, FieldPath path, List<FieldError> errors)
    {
        switch (expression.Operator)
        {
            case LabelSelectorOperator.In or LabelSelectorOperator.NotIn:
                if (expression.Values.IsEmpty)
                {
                    errors.Required(path.Child("values"), "must be specified when `operator` is 'In' or 'NotIn'");
                }

                break;
            case LabelSelectorOperator.Exists or LabelSelectorOperator.DoesNotExist:
                if (!expression.Values.IsEmpty)
                {
                    errors.Forbidden(
                        path.Child("values"), "may not be specified when `operator` is 'Exists' or 'DoesNotExist'");
                }

                break;
            default:
                errors.Invalid(path.Child("operator"), expression.Operator, "not a valid selector operator");
                break;
        }

        errors.Invalid(path.Child("key"), expression.Key, Names.QualifiedName(expression.Key));
        for (var i = 0; i < expression.Values.Count; i++)
        {
            errors.Invalid(path.Child("values").Index(i), expression.Values[i], Names.LabelValue(expression.Values[i]));
        }
    }
}
