using Netes.Api.Apps;

namespace Netes.Api.Policy;

/// <summary>Source: ValidatePodDisruptionBudgetSpec of pkg/apis/policy/validation/validation.go.</summary>
internal static class PodDisruptionBudgetRules
{
    public static List<FieldError> Validate(PodDisruptionBudget budget)
    {
        List<FieldError> errors = [];
        var (spec, path) = (budget.Spec, FieldPath.Of("spec"));
        if (spec is { MinAvailable: not null, MaxUnavailable: not null })
        {
            errors.Invalid(path, Shown.Of(spec), "minAvailable and maxUnavailable cannot be both set");
        }

        foreach (var (field, amount) in ((string, IntOrString?)[])
            [("minAvailable", spec.MinAvailable), ("maxUnavailable", spec.MaxUnavailable)])
        {
            if (amount is { } value)
            {
                Workloads.ValidateAmount(value, path.Child(field), errors);
                Workloads.AtMostAll(value, path.Child(field), errors);
            }
        }

        SelectorRules.Validate(spec.Selector, path.Child("selector"), errors);
        if (spec.UnhealthyPodEvictionPolicy is { } policy)
        {
            errors.OneOf(path.Child("unhealthyPodEvictionPolicy"), policy,
                UnhealthyPodEvictionPolicyType.AlwaysAllow, UnhealthyPodEvictionPolicyType.IfHealthyBudget);
        }

        return errors;
    }

    public static List<FieldError> ValidateStatusUpdate(PodDisruptionBudget next, PodDisruptionBudget old)
    {
        List<FieldError> errors = [];
        var (status, path) = (next.Status, FieldPath.Of("status"));
        errors.NotNegative(path.Child("disruptionsAllowed"), status.DisruptionsAllowed);
        errors.NotNegative(path.Child("currentHealthy"), status.CurrentHealthy);
        errors.NotNegative(path.Child("desiredHealthy"), status.DesiredHealthy);
        errors.NotNegative(path.Child("expectedPods"), status.ExpectedPods);
        return errors;
    }
}
