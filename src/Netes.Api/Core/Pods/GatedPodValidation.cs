namespace Netes.Api.Core;

/// <summary>
/// A pod that is still gated may be steered to fewer nodes. Source: validateNodeSelectorMutation and
/// validateNodeAffinityMutation of pkg/apis/core/validation/validation.go.
/// </summary>
internal static class GatedPodValidation
{
    private const string Required = "requiredDuringSchedulingIgnoredDuringExecution";

    /// <summary>Adds what is forbidden, and answers the spec without the changes that a gated pod may make.</summary>
    public static PodSpec Validate(PodSpec next, PodSpec old, List<FieldError> errors)
    {
        var spec = FieldPath.Of("spec");
        foreach (var (key, value) in old.NodeSelector)
        {
            if (next.NodeSelector.Get(key) != value)
            {
                errors.Add(FieldError.Invalid(spec.Child("nodeSelector"), Shown.Map(next.NodeSelector),
                    "only additions are allowed (no mutations or deletions)"));
                break;
            }
        }

        var before = old.Affinity?.NodeAffinity?.RequiredDuringSchedulingIgnoredDuringExecution?.NodeSelectorTerms
            ?? default;
        var after = next.Affinity?.NodeAffinity?.RequiredDuringSchedulingIgnoredDuringExecution?.NodeSelectorTerms
            ?? default;
        ValidateTerms(
            after, before, spec.Child("affinity").Child("nodeAffinity").Child(Required).Child("nodeSelectorTerms"),
                errors);
        var restored = next.Affinity is { PodAffinity: null, PodAntiAffinity: null } && old.Affinity is null
            ? null
            : (next.Affinity ?? old.Affinity) is { } affinity
                ? affinity with { NodeAffinity = old.Affinity?.NodeAffinity }
                : null;
        return next with { NodeSelector = old.NodeSelector, Affinity = restored };
    }

    private static void ValidateTerms(
        ValueList<NodeSelectorTerm> next, ValueList<NodeSelectorTerm> old, FieldPath path, List<FieldError> errors)
    {
        if (old.IsEmpty)
        {
            return;
        }

        if (next.Count != old.Count)
        {
            errors.Invalid(
                path, Shown.List(next), "no additions/deletions to non-empty NodeSelectorTerms list are allowed");
            return;
        }

        for (var i = 0; i < old.Count; i++)
        {
            if (old[i].MatchExpressions.IsEmpty && old[i].MatchFields.IsEmpty ? next[i] != old[i]
                : !StartsWith(next[i].MatchExpressions, old[i].MatchExpressions)
                    || !StartsWith(next[i].MatchFields, old[i].MatchFields))
            {
                errors.Invalid(
                    path.Index(i), Shown.Of(next[i]), "only additions are allowed (no mutations or deletions)");
            }
        }
    }

    private static bool StartsWith(ValueList<NodeSelectorRequirement> list, ValueList<NodeSelectorRequirement> start) =>
        list.Take(start.Count).SequenceEqual(start);
}
