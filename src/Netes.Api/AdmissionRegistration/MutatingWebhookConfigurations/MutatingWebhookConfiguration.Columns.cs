using static Netes.Api.Columns<Netes.Api.AdmissionRegistration.MutatingWebhookConfiguration>;

namespace Netes.Api.AdmissionRegistration;

/// <summary>
/// What <c>kubectl get</c> shows. Source: printMutatingWebhookConfiguration of
/// pkg/printers/internalversion/printers.go.
/// </summary>
internal static class MutatingWebhookConfigurationColumns
{
    public static ValueList<Column<MutatingWebhookConfiguration>> All { get; } =
    [
        Name,
        Number("Webhooks", static item => item.Webhooks.Count, "How many webhooks it has."),
        Age,
    ];
}
