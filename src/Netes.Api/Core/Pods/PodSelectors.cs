using Netes.Api.Meta;

namespace Netes.Api.Core;

/// <summary>
/// matchLabelKeys: at creation the pod's own values of these labels join the selectors of its affinity terms and spread
/// constraints. Source: applyMatchLabelKeysAndMismatchLabelKeys of pkg/registry/core/pod/strategy.go.
/// </summary>
internal static class PodSelectors
{
    public static PodSpec MergeLabelKeys(PodSpec spec, ValueMap<string> labels)
    {
        if (spec.Affinity is { } affinity)
        {
            spec = spec with
            {
                Affinity = affinity with
                {
                    PodAffinity = affinity.PodAffinity is not { } pods ? null : pods with
                    {
                        RequiredDuringSchedulingIgnoredDuringExecution =
                            pods.RequiredDuringSchedulingIgnoredDuringExecution.Map(term => Merge(term, labels)),
                        PreferredDuringSchedulingIgnoredDuringExecution =
                            pods.PreferredDuringSchedulingIgnoredDuringExecution.Map(term => Merge(term, labels)),
                    },
                    PodAntiAffinity = affinity.PodAntiAffinity is not { } anti ? null : anti with
                    {
                        RequiredDuringSchedulingIgnoredDuringExecution =
                            anti.RequiredDuringSchedulingIgnoredDuringExecution.Map(term => Merge(term, labels)),
                        PreferredDuringSchedulingIgnoredDuringExecution =
                            anti.PreferredDuringSchedulingIgnoredDuringExecution.Map(term => Merge(term, labels)),
                    },
                },
            };
        }

        return spec.TopologySpreadConstraints.IsEmpty ? spec : spec with
        {
            TopologySpreadConstraints = spec.TopologySpreadConstraints.Map(constraint =>
                constraint.MatchLabelKeys.IsEmpty || constraint.LabelSelector is null ? constraint : constraint with
                {
                    LabelSelector = Add(
                        constraint.LabelSelector, constraint.MatchLabelKeys, labels, LabelSelectorOperator.In),
                }),
        };
    }

    private static WeightedPodAffinityTerm Merge(WeightedPodAffinityTerm term, ValueMap<string> labels)
    {
        var merged = Merge(term.PodAffinityTerm, labels);
        return ReferenceEquals(merged, term.PodAffinityTerm) ? term : term with { PodAffinityTerm = merged };
    }

    private static PodAffinityTerm Merge(PodAffinityTerm term, ValueMap<string> labels)
    {
        if (term.LabelSelector is null || (term.MatchLabelKeys.IsEmpty && term.MismatchLabelKeys.IsEmpty))
        {
            return term;
        }

        var selector = Add(term.LabelSelector, term.MatchLabelKeys, labels, LabelSelectorOperator.In);
        return term with { LabelSelector = Add(selector, term.MismatchLabelKeys, labels, LabelSelectorOperator.NotIn) };
    }

    private static LabelSelector Add(
        LabelSelector selector, ValueList<string> keys, ValueMap<string> labels, string comparison)
    {
        foreach (var key in keys)
        {
            if (labels.TryGetValue(key, out var value))
            {
                selector = selector with
                {
                    MatchExpressions = selector.MatchExpressions.Add(LabelSelectorRequirement.Empty with
                    {
                        Key = key,
                        Operator = comparison,
                        Values = [value],
                    }),
                };
            }
        }

        return selector;
    }
}
