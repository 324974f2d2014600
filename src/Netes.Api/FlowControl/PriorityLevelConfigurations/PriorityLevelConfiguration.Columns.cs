using System.Globalization;
using static Netes.Api.Columns<Netes.Api.FlowControl.PriorityLevelConfiguration>;

namespace Netes.Api.FlowControl;

/// <summary>
/// What <c>kubectl get</c> shows. Source: printPriorityLevelConfiguration of pkg/printers/internalversion/printers.go.
/// </summary>
internal static class PriorityLevelConfigurationColumns
{
    public static ValueList<Column<PriorityLevelConfiguration>> All { get; } =
    [
        Name,
        Text("Type", static item => item.Spec.Type, "Limited or Exempt."),
        Text("NominalConcurrencyShares", static item =>
            Show(item.Spec.Limited?.NominalConcurrencyShares ?? item.Spec.Exempt?.NominalConcurrencyShares)),
        Text("Queues", static item => Show(item.Spec.Limited?.LimitResponse.Queuing?.Queues)),
        Text("HandSize", static item => Show(item.Spec.Limited?.LimitResponse.Queuing?.HandSize)),
        Text("QueueLengthLimit", static item => Show(item.Spec.Limited?.LimitResponse.Queuing?.QueueLengthLimit)),
        Age,
    ];

    private static string Show(int? number) => number?.ToString(CultureInfo.InvariantCulture) ?? Cells.None;
}
