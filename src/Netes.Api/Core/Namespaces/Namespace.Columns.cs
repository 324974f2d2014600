using static Netes.Api.Columns<Netes.Api.Core.Namespace>;

namespace Netes.Api.Core;

/// <summary>
/// What <c>kubectl get</c> shows. Source: printNamespace of pkg/printers/internalversion/printers.go.
/// </summary>
internal static class NamespaceColumns
{
    public static ValueList<Column<Namespace>> All { get; } =
    [
        Name,
        Text("Status", static item => item.Status.Phase, "Active or Terminating."),
        Age,
    ];
}
