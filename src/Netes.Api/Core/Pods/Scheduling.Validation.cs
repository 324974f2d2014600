using Netes.Api.Meta;

namespace Netes.Api.Core;

/// <summary>Gates, tolerations and spreading. Source: pkg/apis/core/validation/validation.go.</summary>
internal static class SchedulingValidation
{
    private const string InBoth = "exists in both matchLabelKeys and labelSelector";

    public static void Validate(PodSpec spec, FieldPath path, List<FieldError> errors)
    {
        for (var i = 0; i < spec.ReadinessGates.Count; i++)
        {
            var type = spec.ReadinessGates[i].ConditionType;
            errors.Invalid(
                path.Child("readinessGates").Index(i).Child("conditionType"), type, Names.QualifiedName(type));
        }

        HashSet<string> gates = [];
        for (var i = 0; i < spec.SchedulingGates.Count; i++)
        {
            var (name, at) = (spec.SchedulingGates[i].Name, path.Child("schedulingGates").Index(i));
            errors.Invalid(at, name, Names.QualifiedName(name));
            if (!gates.Add(name))
            {
                errors.Add(FieldError.Duplicate(at, name));
            }
        }

        ValidateSpread(spec.TopologySpreadConstraints, path.Child("topologySpreadConstraints"), errors);
    }

    public static void ValidateTolerations(ValueList<Toleration> tolerations, FieldPath path, List<FieldError> errors)
    {
        for (var i = 0; i < tolerations.Count; i++)
        {
            Validate(tolerations[i], path.Index(i), errors);
        }
    }

    private static void Validate(Toleration toleration, FieldPath path, List<FieldError> errors)
    {
        if (toleration.Key.Length > 0)
        {
            errors.Invalid(path.Child("key"), toleration.Key, Names.QualifiedName(toleration.Key));
        }
        else if (toleration.Operator != TolerationOperator.Exists)
        {
            errors.Invalid(path.Child("operator"), toleration.Operator,
                "operator must be Exists when `key` is empty, which means \"match all values and all keys\"");
        }

        if (toleration.TolerationSeconds is not null && toleration.Effect != TaintEffect.NoExecute)
        {
            errors.Invalid(path.Child("effect"), toleration.Effect,
                "effect must be 'NoExecute' when `tolerationSeconds` is set");
        }

        switch (toleration.Operator)
        {
            case "" or TolerationOperator.Equal:
                var messages = Names.LabelValue(toleration.Value);
                if (messages.Count > 0)
                {
                    errors.Invalid(path.Child("operator"), toleration.Value, string.Join(';', messages));
                }

                break;
            case TolerationOperator.Exists:
                if (toleration.Value.Length > 0)
                {
                    errors.Invalid(path.Child("operator"), toleration.Value,
                        "value must be empty when `operator` is 'Exists'");
                }

                break;
            default:
                errors.OneOf(
                    path.Child("operator"), toleration.Operator, TolerationOperator.Equal, TolerationOperator.Exists);
                break;
        }

        if (toleration.Effect.Length > 0)
        {
            errors.OneOf(path.Child("effect"), toleration.Effect,
                TaintEffect.NoSchedule, TaintEffect.PreferNoSchedule, TaintEffect.NoExecute);
        }
    }

    private static void ValidateSpread(
        ValueList<TopologySpreadConstraint> constraints, FieldPath path, List<FieldError> errors)
    {
        for (var i = 0; i < constraints.Count; i++)
        {
            var (constraint, at) = (constraints[i], path.Index(i));
            errors.Positive(at.Child("maxSkew"), constraint.MaxSkew);
            errors.RequireText(at.Child("topologyKey"), constraint.TopologyKey, "can not be empty");
            errors.OneOf(at.Child("whenUnsatisfiable"), constraint.WhenUnsatisfiable,
                UnsatisfiableConstraintAction.DoNotSchedule, UnsatisfiableConstraintAction.ScheduleAnyway);
            if (constraints.Skip(i + 1).Any(other => other.TopologyKey == constraint.TopologyKey
                && other.WhenUnsatisfiable == constraint.WhenUnsatisfiable))
            {
                errors.Add(FieldError.Duplicate(at.Child("{topologyKey, whenUnsatisfiable}"),
                    $"{{{constraint.TopologyKey}, {constraint.WhenUnsatisfiable}}}"));
            }

            errors.Positive(at.Child("minDomains"), constraint.MinDomains);
            if (constraint.MinDomains is { } domains
                && constraint.WhenUnsatisfiable != UnsatisfiableConstraintAction.DoNotSchedule)
            {
                errors.Invalid(at.Child("minDomains"), domains, "can only use minDomains if "
                    + $"whenUnsatisfiable=DoNotSchedule, not {constraint.WhenUnsatisfiable}");
            }

            ValidateInclusion(constraint.NodeAffinityPolicy, at.Child("nodeAffinityPolicy"), errors);
            ValidateInclusion(constraint.NodeTaintsPolicy, at.Child("nodeTaintsPolicy"), errors);
            ValidateKeys(constraint, at.Child("matchLabelKeys"), errors);
            SelectorRules.Validate(constraint.LabelSelector, at.Child("labelSelector"), errors);
        }
    }

    private static void ValidateInclusion(string? policy, FieldPath path, List<FieldError> errors)
    {
        if (policy is not null)
        {
            errors.OneOf(path, policy, NodeInclusionPolicy.Honor, NodeInclusionPolicy.Ignore);
        }
    }

    private static void ValidateKeys(TopologySpreadConstraint constraint, FieldPath path, List<FieldError> errors)
    {
        if (constraint.MatchLabelKeys.IsEmpty)
        {
            return;
        }

        if (constraint.LabelSelector is null)
        {
            errors.Forbidden(path, "must not be specified when labelSelector is not set");
        }

        for (var i = 0; i < constraint.MatchLabelKeys.Count; i++)
        {
            var key = constraint.MatchLabelKeys[i];
            errors.Invalid(path.Index(i), key, Names.QualifiedName(key));

            // Creation merges each key into the selector once: a second mention is the client's.
            if (constraint.LabelSelector is { } selector && (selector.MatchLabels.ContainsKey(key)
                || selector.MatchExpressions.Count(expression => expression.Key == key) > 1))
            {
                errors.Invalid(path.Index(i), key, InBoth);
            }
        }
    }
}
