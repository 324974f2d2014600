using Netes.Api;
using Netes.Api.Meta;

namespace Netes.ControlPlane;

/// <summary>
/// Matches label selectors. Source: apimachinery pkg/apis/meta/v1/helpers.go, pkg/labels/selector.go.
/// </summary>
internal static class Selectors
{
    /// <summary>A null selector selects nothing, an empty one everything.</summary>
    public static bool Matches(LabelSelector? selector, ValueMap<string> labels) =>
        selector is not null
        && Contains(labels, selector.MatchLabels)
        && selector.MatchExpressions.All(requirement => Matches(requirement, labels));

    /// <summary>True when the labels have all the pairs.</summary>
    public static bool Contains(ValueMap<string> labels, ValueMap<string> pairs)
    {
        foreach (var (key, value) in pairs)
        {
            if (!labels.TryGetValue(key, out var actual) || actual != value)
            {
                return false;
            }
        }

        return true;
    }

    public static bool IsEmpty(LabelSelector? selector) =>
        selector is null || (selector.MatchLabels.IsEmpty && selector.MatchExpressions.IsEmpty);

    private static bool Matches(LabelSelectorRequirement requirement, ValueMap<string> labels)
    {
        var has = labels.TryGetValue(requirement.Key, out var value);
        return requirement.Operator switch
        {
            LabelSelectorOperator.In => has && requirement.Values.Contains(value!),
            LabelSelectorOperator.NotIn => !has || !requirement.Values.Contains(value!),
            LabelSelectorOperator.Exists => has,
            LabelSelectorOperator.DoesNotExist => !has,
            _ => false,
        };
    }
}
