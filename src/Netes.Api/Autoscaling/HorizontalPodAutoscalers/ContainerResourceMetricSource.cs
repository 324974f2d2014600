using Netes.Api.Core;
using Netes.Api.Meta;

namespace Netes.Api.Autoscaling;

[ApiType("io.k8s.api.autoscaling.v2.ContainerResourceMetricSource")]
public sealed partial record ContainerResourceMetricSource
{
    [Field(1, "name", Required = true, EnumOf = typeof(ResourceName))]
    public partial string Name { get; init; }

    [Field(2, "target", Required = true)]
    public partial MetricTarget Target { get; init; }

    [Field(3, "container", Required = true)]
    public partial string Container { get; init; }
}
