namespace Netes.Api.AdmissionRegistration;

/// <summary>
/// Source: ValidateMutatingAdmissionPolicy of pkg/apis/admissionregistration/validation/validation.go.
/// </summary>
internal static class MutatingAdmissionPolicyRules
{
    private static readonly FieldPath Spec = FieldPath.Of("spec");

    public static MutatingAdmissionPolicy Default(MutatingAdmissionPolicy item) => item with
    {
        Spec = item.Spec with
        {
            FailurePolicy = item.Spec.FailurePolicy ?? FailurePolicyType.Fail,
            MatchConstraints = PolicyRules.Default(item.Spec.MatchConstraints),
        },
    };

    public static List<FieldError> Validate(MutatingAdmissionPolicy item)
    {
        List<FieldError> errors = [];
        var spec = item.Spec;
        PolicyRules.ValidateFailure(spec.FailurePolicy, Spec.Child("failurePolicy"), errors);
        PolicyRules.ValidateParamKind(spec.ParamKind, Spec.Child("paramKind"), errors);
        PolicyRules.ValidateMatch(spec.MatchConstraints, required: true, Spec.Child("matchConstraints"), errors);
        if (spec.Mutations.IsEmpty)
        {
            errors.Required(Spec.Child("mutations"), "mutations must contain at least one item");
        }

        errors.RequiredOneOf(Spec.Child("reinvocationPolicy"), spec.ReinvocationPolicy,
            ReinvocationPolicyType.IfNeeded, ReinvocationPolicyType.Never);
        for (var i = 0; i < spec.Mutations.Count; i++)
        {
            var (mutation, path) = (spec.Mutations[i], Spec.Child("mutations").Index(i));
            errors.RequiredOneOf(path.Child("patchType"), mutation.PatchType,
                PatchType.ApplyConfiguration, PatchType.JSONPatch);
            if (mutation is { PatchType: PatchType.ApplyConfiguration, ApplyConfiguration: null })
            {
                errors.Required(
                    path.Child("applyConfiguration"), "must be specified when patchType is ApplyConfiguration");
            }

            if (mutation is { PatchType: PatchType.JSONPatch, JSONPatch: null })
            {
                errors.Required(path.Child("jsonPatch"), "must be specified when patchType is JSONPatch");
            }
        }

        return errors;
    }
}
