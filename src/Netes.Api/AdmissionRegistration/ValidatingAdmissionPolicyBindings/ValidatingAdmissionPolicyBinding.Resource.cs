namespace Netes.Api.AdmissionRegistration;

public sealed partial record ValidatingAdmissionPolicyBinding : IResource<ValidatingAdmissionPolicyBinding>
{
    public static ResourceDefinition<ValidatingAdmissionPolicyBinding> Resource { get; } = new()
    {
        Group = "admissionregistration.k8s.io",
        Version = "v1",
        Kind = "ValidatingAdmissionPolicyBinding",
        Plural = "validatingadmissionpolicybindings",
        Singular = "validatingadmissionpolicybinding",
        Categories = ["api-extensions"],
        Namespaced = false,
        Columns = ValidatingAdmissionPolicyBindingColumns.All,
        Default = ValidatingAdmissionPolicyBindingRules.Default,
        Validate = ValidatingAdmissionPolicyBindingRules.Validate,
    };
}
