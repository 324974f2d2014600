using static Netes.Api.Columns<Netes.Api.Core.ComponentStatus>;

namespace Netes.Api.Core;

/// <summary>
/// What <c>kubectl get</c> shows. Source: printComponentStatus of pkg/printers/internalversion/printers.go.
/// </summary>
internal static class ComponentStatusColumns
{
    public static ValueList<Column<ComponentStatus>> All { get; } =
    [
        Name,
        Text("Status", static item => Healthy(item)?.Status switch
        {
            ConditionStatus.True => "Healthy",
            ConditionStatus.False => "Unhealthy",
            _ => "Unknown",
        }),
        Text("Message", static item => Healthy(item)?.Message ?? ""),
        Text("Error", static item => Healthy(item)?.Error ?? ""),
    ];

    private static ComponentCondition? Healthy(ComponentStatus item) =>
        item.Conditions.FirstOrDefault(condition => condition.Type == "Healthy");
}
