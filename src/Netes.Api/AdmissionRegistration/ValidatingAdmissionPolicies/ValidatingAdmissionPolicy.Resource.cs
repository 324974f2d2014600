namespace Netes.Api.AdmissionRegistration;

public sealed partial record ValidatingAdmissionPolicy : IResource<ValidatingAdmissionPolicy>
{
    public static ResourceDefinition<ValidatingAdmissionPolicy> Resource { get; } = new()
    {
        Group = "admissionregistration.k8s.io",
        Version = "v1",
        Kind = "ValidatingAdmissionPolicy",
        Plural = "validatingadmissionpolicies",
        Singular = "validatingadmissionpolicy",
        Categories = ["api-extensions"],
        Namespaced = false,
        CopyStatus = static (target, source) => target with { Status = source.Status },
        SpecEquals = static (next, old) => next.Spec == old.Spec,
        Columns = ValidatingAdmissionPolicyColumns.All,
        Default = ValidatingAdmissionPolicyRules.Default,
        Validate = ValidatingAdmissionPolicyRules.Validate,
    };
}
