using Netes.Api.Core;
using Netes.Api.Meta;

namespace Netes.Api.Batch;

[ApiType("io.k8s.api.batch.v1.PodFailurePolicyOnPodConditionsPattern")]
public sealed partial record PodFailurePolicyOnPodConditionsPattern
{
    [Field(1, "type", Required = true, EnumOf = typeof(PodConditionType))]
    public partial string Type { get; init; }

    [Field(2, "status", EnumOf = typeof(Core.ConditionStatus))]
    public partial string Status { get; init; }
}
