using Netes.Api.Meta;

namespace Netes.Api.CustomMetrics;

[ApiType("io.k8s.metrics.pkg.apis.custom_metrics.v1beta2.MetricIdentifier")]
public sealed partial record MetricIdentifier
{
    [Field(1, "name", Required = true)]
    public partial string Name { get; init; }

    [Field(2, "selector")]
    public partial LabelSelector? Selector { get; init; }
}
