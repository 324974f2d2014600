using static Netes.Api.Columns<Netes.Api.Core.ConfigMap>;

namespace Netes.Api.Core;

/// <summary>
/// What <c>kubectl get</c> shows. Source: printConfigMap of pkg/printers/internalversion/printers.go.
/// </summary>
internal static class ConfigMapColumns
{
    public static ValueList<Column<ConfigMap>> All { get; } =
    [
        Name,
        Count("Data", static item => item.Data.Count + item.BinaryData.Count, "How many values it holds."),
        Age,
    ];
}
