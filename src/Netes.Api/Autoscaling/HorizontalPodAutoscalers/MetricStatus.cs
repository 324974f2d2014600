using Netes.Api.Meta;

namespace Netes.Api.Autoscaling;

[ApiType("io.k8s.api.autoscaling.v2.MetricStatus")]
public sealed partial record MetricStatus
{
    [Field(1, "type", Required = true, EnumOf = typeof(MetricSourceType))]
    public partial string Type { get; init; }

    [Field(2, "object", OmitEmpty = true)]
    public partial ObjectMetricStatus? Object { get; init; }

    [Field(3, "pods", OmitEmpty = true)]
    public partial PodsMetricStatus? Pods { get; init; }

    [Field(4, "resource", OmitEmpty = true)]
    public partial ResourceMetricStatus? Resource { get; init; }

    [Field(7, "containerResource", OmitEmpty = true)]
    public partial ContainerResourceMetricStatus? ContainerResource { get; init; }

    [Field(5, "external", OmitEmpty = true)]
    public partial ExternalMetricStatus? External { get; init; }
}
