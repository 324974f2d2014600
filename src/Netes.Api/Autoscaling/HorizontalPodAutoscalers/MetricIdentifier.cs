using Netes.Api.Meta;

namespace Netes.Api.Autoscaling;

[ApiType("io.k8s.api.autoscaling.v2.MetricIdentifier")]
public sealed partial record MetricIdentifier
{
    [Field(1, "name", Required = true)]
    public partial string Name { get; init; }

    [Field(2, "selector", OmitEmpty = true)]
    public partial LabelSelector? Selector { get; init; }
}
