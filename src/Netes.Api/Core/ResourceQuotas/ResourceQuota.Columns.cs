using static Netes.Api.Columns<Netes.Api.Core.ResourceQuota>;

namespace Netes.Api.Core;

/// <summary>
/// What <c>kubectl get</c> shows. Source: printResourceQuota of pkg/printers/internalversion/printers.go.
/// </summary>
internal static class ResourceQuotaColumns
{
    public static ValueList<Column<ResourceQuota>> All { get; } =
    [
        Name,
        Text("Request", static item => Amounts(item, limits: false), "Used and allowed, of requests and counts."),
        Text("Limit", static item => Amounts(item, limits: true), "Used and allowed, of limits."),
        Age,
    ];

    private static string Amounts(ResourceQuota item, bool limits) => string.Join(", ", item.Status.Hard
        .Where(pair => pair.Key.StartsWith("limits", StringComparison.Ordinal) == limits)
        .Select(pair => $"{pair.Key}: {item.Status.Used.Get(pair.Key)}/{pair.Value}"));
}
