namespace Netes.Api.Autoscaling;

/// <summary>Metrics against their targets: <c>cpu: 12%/80%</c>. Source: formatHPAMetrics of printers.go.</summary>
internal static class HorizontalPodAutoscalerTargets
{
    private const int Shown = 2;

    public static string Show(HorizontalPodAutoscaler item)
    {
        var metrics = item.Spec.Metrics;
        if (metrics.IsEmpty)
        {
            return Cells.None;
        }

        List<string> parts = [];
        for (var i = 0; i < Math.Min(Shown, metrics.Count); i++)
        {
            parts.Add(
                Show(metrics[i], i < item.Status.CurrentMetrics.Count ? item.Status.CurrentMetrics[i]
                    : MetricStatus.Empty));
        }

        var text = string.Join(", ", parts);
        return metrics.Count > Shown ? $"{text} + {metrics.Count - Shown} more..." : text;
    }

    private static string Show(MetricSpec spec, MetricStatus status) => spec switch
    {
        { Resource: { } resource } => $"{resource.Name}: {Against(resource.Target, status.Resource?.Current)}",
        { ContainerResource: { } container } =>
            $"{container.Name}: {Against(container.Target, status.ContainerResource?.Current)}",
        { Pods: { } pods } => Against(pods.Target, status.Pods?.Current),
        { Object: { } described } => Averaged(described.Target, status.Object?.Current),
        { External: { } external } => Averaged(external.Target, status.External?.Current),
        _ => "<unknown type>",
    };

    private static string Against(MetricTarget target, MetricValueStatus? now) => target.AverageValue is { } value
        ? $"{Amount(now?.AverageValue)}/{value}"
        : $"{Percent(now?.AverageUtilization, Cells.Unknown)}/{Percent(target.AverageUtilization, "<auto>")}";

    private static string Averaged(MetricTarget target, MetricValueStatus? now) => target.AverageValue is { } value
        ? $"{Amount(now?.AverageValue)}/{value} (avg)"
        : $"{Amount(now?.Value)}/{Amount(target.Value)}";

    private static string Amount(Quantity? amount) => amount?.ToString() ?? Cells.Unknown;

    private static string Percent(int? percent, string absent) => percent is { } value ? $"{value}%" : absent;
}
