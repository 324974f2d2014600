using static Netes.Api.Columns<Netes.Api.Networking.NetworkPolicy>;

namespace Netes.Api.Networking;

/// <summary>
/// What <c>kubectl get</c> shows. Source: printNetworkPolicy of pkg/printers/internalversion/printers.go.
/// </summary>
internal static class NetworkPolicyColumns
{
    public static ValueList<Column<NetworkPolicy>> All { get; } =
    [
        Name,
        Text("Pod-Selector", static item => Cells.Selector(item.Spec.PodSelector), "The pods it is about."),
        Age,
    ];
}
