namespace Netes.Api.AdmissionRegistration;

public sealed partial record MutatingAdmissionPolicyBinding : IResource<MutatingAdmissionPolicyBinding>
{
    public static ResourceDefinition<MutatingAdmissionPolicyBinding> Resource { get; } = new()
    {
        Group = "admissionregistration.k8s.io",
        Version = "v1",
        Kind = "MutatingAdmissionPolicyBinding",
        Plural = "mutatingadmissionpolicybindings",
        Singular = "mutatingadmissionpolicybinding",
        Categories = ["api-extensions"],
        Namespaced = false,
        Columns = MutatingAdmissionPolicyBindingColumns.All,
        Default = MutatingAdmissionPolicyBindingRules.Default,
        Validate = MutatingAdmissionPolicyBindingRules.Validate,
    };
}
