using static Netes.Api.Columns<Netes.Api.Core.ServiceAccount>;

namespace Netes.Api.Core;

/// <summary>
/// What <c>kubectl get</c> shows. Source: printServiceAccount of pkg/printers/internalversion/printers.go.
/// </summary>
internal static class ServiceAccountColumns
{
    public static ValueList<Column<ServiceAccount>> All { get; } =
    [
        Name,
        Count("Secrets", static item => item.Secrets.Count, "How many secrets its pods may use."),
        Age,
    ];
}
