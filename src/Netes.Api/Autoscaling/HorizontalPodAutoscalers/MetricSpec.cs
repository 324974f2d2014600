using Netes.Api.Meta;

namespace Netes.Api.Autoscaling;

[ApiType("io.k8s.api.autoscaling.v2.MetricSpec")]
public sealed partial record MetricSpec
{
    [Field(1, "type", Required = true, EnumOf = typeof(MetricSourceType))]
    public partial string Type { get; init; }

    [Field(2, "object", OmitEmpty = true)]
    public partial ObjectMetricSource? Object { get; init; }

    [Field(3, "pods", OmitEmpty = true)]
    public partial PodsMetricSource? Pods { get; init; }

    [Field(4, "resource", OmitEmpty = true)]
    public partial ResourceMetricSource? Resource { get; init; }

    [Field(7, "containerResource", OmitEmpty = true)]
    public partial ContainerResourceMetricSource? ContainerResource { get; init; }

    [Field(5, "external", OmitEmpty = true)]
    public partial ExternalMetricSource? External { get; init; }
}
