namespace Netes.Api.Coordination;

/// <summary>Source: pkg/apis/coordination/validation/validation.go.</summary>
internal static class LeaseRules
{
    public static List<FieldError> Validate(Lease lease)
    {
        List<FieldError> errors = [];
        var path = FieldPath.Of("spec");
        if (lease.Spec.LeaseDurationSeconds <= 0)
        {
            errors.Invalid(
                path.Child("leaseDurationSeconds"), lease.Spec.LeaseDurationSeconds, "must be greater than 0");
        }

        errors.NotNegative(path.Child("leaseTransitions"), lease.Spec.LeaseTransitions);
        if (lease.Spec.PreferredHolder is { Length: > 0 } && lease.Spec.Strategy is null or "")
        {
            errors.Forbidden(path.Child("preferredHolder"), "may only be specified when `strategy` is defined");
        }

        return errors;
    }
}
