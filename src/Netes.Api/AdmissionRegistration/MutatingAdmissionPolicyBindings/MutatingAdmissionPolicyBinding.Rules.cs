namespace Netes.Api.AdmissionRegistration;

/// <summary>
/// Source: ValidateMutatingAdmissionPolicyBinding of pkg/apis/admissionregistration/validation/validation.go.
/// </summary>
internal static class MutatingAdmissionPolicyBindingRules
{
    private static readonly FieldPath Spec = FieldPath.Of("spec");

    public static MutatingAdmissionPolicyBinding Default(MutatingAdmissionPolicyBinding item) => item with
    {
        Spec = item.Spec with { MatchResources = PolicyRules.Default(item.Spec.MatchResources) },
    };

    public static List<FieldError> Validate(MutatingAdmissionPolicyBinding item)
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
        return errors;
    }
}
