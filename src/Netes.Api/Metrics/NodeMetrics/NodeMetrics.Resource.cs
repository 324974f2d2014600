namespace Netes.Api.Metrics;

public sealed partial record NodeMetrics : IResource<NodeMetrics>
{
    public static ResourceDefinition<NodeMetrics> Resource { get; } = new()
    {
        Group = "metrics.k8s.io",
        Version = "v1beta1",
        Kind = "NodeMetrics",
        Plural = "nodes",
        Singular = "",
        Namespaced = false,
        Verbs = ["get", "list"],
        Stored = false,
        Columns = NodeMetricsColumns.All,
    };
}
