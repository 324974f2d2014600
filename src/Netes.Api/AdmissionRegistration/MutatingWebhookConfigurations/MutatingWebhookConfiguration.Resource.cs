namespace Netes.Api.AdmissionRegistration;

public sealed partial record MutatingWebhookConfiguration : IResource<MutatingWebhookConfiguration>
{
    public static ResourceDefinition<MutatingWebhookConfiguration> Resource { get; } = new()
    {
        Group = "admissionregistration.k8s.io",
        Version = "v1",
        Kind = "MutatingWebhookConfiguration",
        Plural = "mutatingwebhookconfigurations",
        Singular = "mutatingwebhookconfiguration",
        Categories = ["api-extensions"],
        Namespaced = false,
        Columns = MutatingWebhookConfigurationColumns.All,
        Default = MutatingWebhookConfigurationRules.Default,
        Validate = MutatingWebhookConfigurationRules.Validate,
    };
}
