using Netes.Api.Meta;

namespace Netes.Api.Core;

[ApiType("io.k8s.api.core.v1.PodReadinessGate")]
public sealed partial record PodReadinessGate
{
    [Field(1, "conditionType", Required = true, EnumOf = typeof(PodConditionType))]
    public partial string ConditionType { get; init; }
}
