using Netes.Api.Core;
using Netes.Api.Meta;

namespace Netes.Api.Autoscaling.V1;

[ApiType("io.k8s.api.autoscaling.v1.ResourceMetricSource")]
public sealed partial record ResourceMetricSource
{
    [Field(1, "name", Required = true, EnumOf = typeof(ResourceName))]
    public partial string Name { get; init; }

    [Field(2, "targetAverageUtilization", OmitEmpty = true)]
    public partial int? TargetAverageUtilization { get; init; }

    [Field(3, "targetAverageValue", OmitEmpty = true)]
    public partial Quantity? TargetAverageValue { get; init; }
}
