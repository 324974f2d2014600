using static Netes.Api.Columns<Netes.Api.Coordination.Lease>;

namespace Netes.Api.Coordination;

/// <summary>What <c>kubectl get</c> shows. Source: printLease of pkg/printers/internalversion/printers.go.</summary>
internal static class LeaseColumns
{
    public static ValueList<Column<Lease>> All { get; } =
    [
        Name,
        Text("Holder", static item => item.Spec.HolderIdentity ?? "", "Who holds it."),
        Age,
    ];
}
