using System.Globalization;

namespace Netes.Api.Core;

/// <summary>Matches nodes. Source: component-helpers scheduling/corev1/nodeaffinity/nodeaffinity.go.</summary>
public static class NodeSelectors
{
    /// <summary>
    /// What the pod requires of its node: the labels of its node selector, and one of its affinity's terms.
    /// </summary>
    public static bool MatchesRequired(Pod pod, Node node) => MatchesRequired(
        pod.Spec.NodeSelector, pod.Spec.Affinity?.NodeAffinity?.RequiredDuringSchedulingIgnoredDuringExecution, node);

    /// <summary>The labels of a node selector, and one of the terms of a required node affinity, if any.</summary>
    public static bool MatchesRequired(ValueMap<string> selector, NodeSelector? required, Node node)
    {
        foreach (var (key, value) in selector)
        {
            if (!node.Metadata.Labels.TryGetValue(key, out var label) || label != value)
            {
                return false;
            }
        }

        return required is null || Matches(required.NodeSelectorTerms, node);
    }

    /// <summary>True when one of the terms matches.</summary>
    public static bool Matches(ValueList<NodeSelectorTerm> terms, Node node)
    {
        foreach (var term in terms)
        {
            if (Matches(term, node))
            {
                return true;
            }
        }

        return false;
    }

    /// <summary>An empty term matches nothing.</summary>
    public static bool Matches(NodeSelectorTerm term, Node node)
    {
        if (term.MatchExpressions.IsEmpty && term.MatchFields.IsEmpty)
        {
            return false;
        }

        foreach (var requirement in term.MatchExpressions)
        {
            var value = node.Metadata.Labels.TryGetValue(requirement.Key, out var label) ? label : null;
            if (!Matches(requirement, value))
            {
                return false;
            }
        }

        foreach (var requirement in term.MatchFields)
        {
            if (!Matches(requirement, requirement.Key == "metadata.name" ? node.Metadata.Name : null))
            {
                return false;
            }
        }

        return true;
    }

    private static bool Matches(NodeSelectorRequirement requirement, string? value) => requirement.Operator switch
    {
        NodeSelectorOperator.In => value is not null && requirement.Values.Contains(value),
        NodeSelectorOperator.NotIn => value is null || !requirement.Values.Contains(value),
        NodeSelectorOperator.Exists => value is not null,
        NodeSelectorOperator.DoesNotExist => value is null,
        NodeSelectorOperator.Gt => Compare(requirement, value) > 0,
        NodeSelectorOperator.Lt => Compare(requirement, value) < 0,
        _ => false,
    };

    private static int? Compare(NodeSelectorRequirement requirement, string? value) =>
        TryParse(value, out var actual) && requirement.Values is [var only] && TryParse(only, out var limit)
            ? actual.CompareTo(limit)
            : null;

    private static bool TryParse(string? text, out long value) =>
        long.TryParse(text, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out value);
}
