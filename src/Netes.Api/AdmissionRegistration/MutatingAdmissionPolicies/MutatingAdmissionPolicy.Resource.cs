namespace Netes.Api.AdmissionRegistration;

public sealed partial record MutatingAdmissionPolicy : IResource<MutatingAdmissionPolicy>
{
    public static ResourceDefinition<MutatingAdmissionPolicy> Resource { get; } = new()
    {
        Group = "admissionregistration.k8s.io",
        Version = "v1",
        Kind = "MutatingAdmissionPolicy",
        Plural = "mutatingadmissionpolicies",
        Singular = "mutatingadmissionpolicy",
        Categories = ["api-extensions"],
        Namespaced = false,
        Columns = MutatingAdmissionPolicyColumns.All,
        Default = MutatingAdmissionPolicyRules.Default,
        Validate = MutatingAdmissionPolicyRules.Validate,
    };
}
