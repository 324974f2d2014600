namespace Netes.Api.AdmissionRegistration;

/// <summary>
/// Source: ValidateValidatingAdmissionPolicy of pkg/apis/admissionregistration/validation/validation.go.
/// </summary>
internal static class ValidatingAdmissionPolicyRules
{
    private static readonly FieldPath Spec = FieldPath.Of("spec");

    public static ValidatingAdmissionPolicy Default(ValidatingAdmissionPolicy item) => item with
    {
        Spec = item.Spec with
        {
            FailurePolicy = item.Spec.FailurePolicy ?? FailurePolicyType.Fail,
            MatchConstraints = PolicyRules.Default(item.Spec.MatchConstraints),
        },
    };

    public static List<FieldError> Validate(ValidatingAdmissionPolicy item)
    {
        List<FieldError> errors = [];
        var spec = item.Spec;
        PolicyRules.ValidateFailure(spec.FailurePolicy, Spec.Child("failurePolicy"), errors);
        PolicyRules.ValidateParamKind(spec.ParamKind, Spec.Child("paramKind"), errors);
        PolicyRules.ValidateMatch(spec.MatchConstraints, required: true, Spec.Child("matchConstraints"), errors);
        if (spec.Validations.IsEmpty && spec.AuditAnnotations.IsEmpty)
        {
            errors.Required(
                Spec.Child("validations"), "validations or auditAnnotations must contain at least one item");
        }

        for (var i = 0; i < spec.Validations.Count; i++)
        {
            var path = Spec.Child("validations").Index(i).Child("expression");
            errors.RequireText(path, spec.Validations[i].Expression.Trim(), "expression is not specified");
        }

        return errors;
    }
}
