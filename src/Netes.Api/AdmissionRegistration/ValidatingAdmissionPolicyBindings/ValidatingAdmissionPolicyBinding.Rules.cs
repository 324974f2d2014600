namespace Netes.Api.AdmissionRegistration;

/// <summary>
/// Source: ValidateValidatingAdmissionPolicyBinding of pkg/apis/admissionregistration/validation/validation.go.
/// </summary>
internal static class ValidatingAdmissionPolicyBindingRules
{
    private static readonly FieldPath Spec = FieldPath.Of("spec");

    public static ValidatingAdmissionPolicyBinding Default(ValidatingAdmissionPolicyBinding item) => item with
    {
        Spec = item.Spec with { MatchResources = PolicyRules.Default(item.Spec.MatchResources) },
    };

    public static List<FieldError> Validate(ValidatingAdmissionPolicyBinding item)
    {
        List<FieldError> errors = [];
        var name = item.Spec.PolicyName;
        errors.RequireText(Spec.Child("policyName"), name);
        if (name.Length > 0)
        {
            errors.Invalid(Spec.Child("policyName"), name, Names.Dns1123Subdomain(name));
        }

        PolicyRules.ValidateParamRef(item.Spec.ParamRef, Spec.Child("paramRef"), errors);
        PolicyRules.ValidateMatch(item.Spec.MatchResources, required: false, Spec.Child("matchResources"), errors);
        var actions = Spec.Child("validationActions");
        if (item.Spec.ValidationActions.IsEmpty)
        {
            errors.Required(actions, "at least one validation action is required");
        }

        foreach (var action in item.Spec.ValidationActions)
        {
            errors.OneOf(actions, action, ValidationAction.Audit, ValidationAction.Deny, ValidationAction.Warn);
        }

        if (item.Spec.ValidationActions.Contains(ValidationAction.Deny)
            && item.Spec.ValidationActions.Contains(ValidationAction.Warn))
        {
            errors.Invalid(actions, Shown.Strings(item.Spec.ValidationActions), "must not contain both "
                + "Deny and Warn (repeating the same validation failure information in the API response and "
                + "headers serves no "
                + "purpose)");
        }

        return errors;
    }
}
