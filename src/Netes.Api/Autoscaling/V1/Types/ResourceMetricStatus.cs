using Netes.Api.Core;
using Netes.Api.Meta;

namespace Netes.Api.Autoscaling.V1;

[ApiType("io.k8s.api.autoscaling.v1.ResourceMetricStatus")]
public sealed partial record ResourceMetricStatus
{
    [Field(1, "name", Required = true, EnumOf = typeof(ResourceName))]
    public partial string Name { get; init; }

    [Field(2, "currentAverageUtilization", OmitEmpty = true)]
    public partial int? CurrentAverageUtilization { get; init; }

    [Field(3, "currentAverageValue", Required = true)]
    public partial Quantity CurrentAverageValue { get; init; }
}
