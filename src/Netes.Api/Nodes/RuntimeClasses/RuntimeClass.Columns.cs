using static Netes.Api.Columns<Netes.Api.Nodes.RuntimeClass>;

namespace Netes.Api.Nodes;

/// <summary>
/// What <c>kubectl get</c> shows. Source: printRuntimeClass of pkg/printers/internalversion/printers.go.
/// </summary>
internal static class RuntimeClassColumns
{
    public static ValueList<Column<RuntimeClass>> All { get; } =
    [
        Name,
        Text("Handler", static item => item.Handler, "The configuration of the runtime."),
        Age,
    ];
}
