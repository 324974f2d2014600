using Netes.Api.Core;
using Netes.Api.Meta;

namespace Netes.Api.Autoscaling;

[ApiType("io.k8s.api.autoscaling.v2.ResourceMetricStatus")]
public sealed partial record ResourceMetricStatus
{
    [Field(1, "name", Required = true, EnumOf = typeof(ResourceName))]
    public partial string Name { get; init; }

    [Field(2, "current", Required = true)]
    public partial MetricValueStatus Current { get; init; }
}
