using Netes.Api.Core;
using Netes.Api.Meta;

namespace Netes.Api.Autoscaling;

[ApiType("io.k8s.api.autoscaling.v2.ContainerResourceMetricStatus")]
public sealed partial record ContainerResourceMetricStatus
{
    [Field(1, "name", Required = true, EnumOf = typeof(ResourceName))]
    public partial string Name { get; init; }

    [Field(2, "current", Required = true)]
    public partial MetricValueStatus Current { get; init; }

    [Field(3, "container", Required = true)]
    public partial string Container { get; init; }
}
