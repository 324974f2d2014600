namespace Netes.Api.AdmissionRegistration;

public sealed partial record ValidatingWebhookConfiguration : IResource<ValidatingWebhookConfiguration>
{
    public static ResourceDefinition<ValidatingWebhookConfiguration> Resource { get; } = new()
    {
        Group = "admissionregistration.k8s.io",
        Version = "v1",
        Kind = "ValidatingWebhookConfiguration",
        Plural = "validatingwebhookconfigurations",
        Singular = "validatingwebhookconfiguration",
        Categories = ["api-extensions"],
        Namespaced = false,
        Columns = ValidatingWebhookConfigurationColumns.All,
        Default = ValidatingWebhookConfigurationRules.Default,
        Validate = ValidatingWebhookConfigurationRules.Validate,
    };
}
