namespace Netes.Api.Metrics;

public sealed partial record PodMetrics : IResource<PodMetrics>
{
    public static ResourceDefinition<PodMetrics> Resource { get; } = new()
    {
        Group = "metrics.k8s.io",
        Version = "v1beta1",
        Kind = "PodMetrics",
        Plural = "pods",
        Singular = "",
        Namespaced = true,
        Verbs = ["get", "list"],
        Stored = false,
        Columns = PodMetricsColumns.All,
    };
}
