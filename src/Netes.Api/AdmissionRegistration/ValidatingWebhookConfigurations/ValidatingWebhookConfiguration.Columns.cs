using static Netes.Api.Columns<Netes.Api.AdmissionRegistration.ValidatingWebhookConfiguration>;

namespace Netes.Api.AdmissionRegistration;

/// <summary>
/// What <c>kubectl get</c> shows. Source: printValidatingWebhookConfiguration of
/// pkg/printers/internalversion/printers.go.
/// </summary>
internal static class ValidatingWebhookConfigurationColumns
{
    public static ValueList<Column<ValidatingWebhookConfiguration>> All { get; } =
    [
        Name,
        Number("Webhooks", static item => item.Webhooks.Count, "How many webhooks it has."),
        Age,
    ];
}
