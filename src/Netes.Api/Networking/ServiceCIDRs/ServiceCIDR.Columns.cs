using static Netes.Api.Columns<Netes.Api.Networking.ServiceCIDR>;

namespace Netes.Api.Networking;

/// <summary>
/// What <c>kubectl get</c> shows. Source: printServiceCIDR of pkg/printers/internalversion/printers.go.
/// </summary>
internal static class ServiceCIDRColumns
{
    public static ValueList<Column<ServiceCIDR>> All { get; } =
    [
        Name,
        Text("CIDRs", static item => string.Join(',', item.Spec.CIDRs), "The ranges of services' addresses."),
        Age,
    ];
}
