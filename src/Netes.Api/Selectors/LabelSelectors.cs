using Netes.Api.Meta;

namespace Netes.Api;

/// <summary>Label selectors from their string form and from <see cref="LabelSelector"/> records.</summary>
public static class LabelSelectors
{
    /// <summary>
    /// Reads <c>a=b,c!=d,e in (f,g),h notin (i),j,!k,l&gt;3</c>. Empty text matches everything.
    /// Source: labels.Parse. <paramref name="error"/> is in Kubernetes' words.
    /// </summary>
    public static bool TryParse(string text, out LabelMatcher matcher, out string error)
    {
        try
        {
            matcher = LabelMatcher.Of(new LabelSelectorParser(text).Parse());
            error = "";
            return true;
        }
        catch (FormatException wrong)
        {
            matcher = LabelMatcher.Nothing;
            error = wrong.Message;
            return false;
        }
    }

    /// <summary>
    /// Null matches nothing, an empty selector everything. A selector that is not valid matches nothing: validation
    /// keeps those out of the store. Source: metav1.LabelSelectorAsSelector.
    /// </summary>
    public static LabelMatcher From(LabelSelector? selector) =>
        TryFrom(selector, out var matcher, out _) ? matcher : LabelMatcher.Nothing;

    public static bool TryFrom(LabelSelector? selector, out LabelMatcher matcher, out string error)
    {
        (matcher, error) = (LabelMatcher.Nothing, "");
        if (selector is null)
        {
            return true;
        }

        var requirements = new List<LabelRequirement>();
        foreach (var (key, value) in selector.MatchLabels)
        {
            requirements.Add(new(key, LabelOperator.Equals, [value]));
        }

        foreach (var expression in selector.MatchExpressions)
        {
            if (OperatorOf(expression.Operator) is not { } match)
            {
                error = $"{FieldError.Quote(expression.Operator)} is not a valid label selector operator";
                return false;
            }

            requirements.Add(new(expression.Key, match, expression.Values));
        }

        if (requirements.SelectMany(requirement => requirement.Validate(FieldPath.Root)).FirstOrDefault() is { } wrong)
        {
            error = wrong.Message;
            return false;
        }

        matcher = requirements.Count == 0 ? LabelMatcher.Everything : LabelMatcher.Of(requirements);
        return true;
    }

    /// <summary>All of the labels, exactly; none match everything. Source: labels.SelectorFromSet.</summary>
    public static LabelMatcher FromLabels(ValueMap<string> labels) => labels.IsEmpty
        ? LabelMatcher.Everything
        : LabelMatcher.Of(labels.AsEnumerable().Select(
            pair => new LabelRequirement(pair.Key, LabelOperator.Equals, [pair.Value])));

    private static LabelOperator? OperatorOf(string name) => name switch
    {
        "In" => LabelOperator.In,
        "NotIn" => LabelOperator.NotIn,
        "Exists" => LabelOperator.Exists,
        "DoesNotExist" => LabelOperator.DoesNotExist,
        _ => null,
    };
}
