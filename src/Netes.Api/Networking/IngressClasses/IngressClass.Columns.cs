using static Netes.Api.Columns<Netes.Api.Networking.IngressClass>;

namespace Netes.Api.Networking;

/// <summary>
/// What <c>kubectl get</c> shows. Source: printIngressClass of pkg/printers/internalversion/printers.go.
/// </summary>
internal static class IngressClassColumns
{
    public static ValueList<Column<IngressClass>> All { get; } =
    [
        Name,
        Text("Controller", static item => item.Spec.Controller, "Who implements it."),
        Text("Parameters", static item => item.Spec.Parameters is { } more
            ? $"{ApiErrors.Qualified(more.ApiGroup ?? "", more.Kind)}/{more.Name}"
            : Cells.None),
        Age,
    ];
}
