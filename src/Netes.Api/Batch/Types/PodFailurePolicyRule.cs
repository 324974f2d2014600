using Netes.Api.Meta;

namespace Netes.Api.Batch;

[ApiType("io.k8s.api.batch.v1.PodFailurePolicyRule")]
public sealed partial record PodFailurePolicyRule
{
    [Field(1, "action", Required = true, EnumOf = typeof(PodFailurePolicyAction))]
    public partial string Action { get; init; }

    [Field(2, "onExitCodes", OmitEmpty = true)]
    public partial PodFailurePolicyOnExitCodesRequirement? OnExitCodes { get; init; }

    [Field(3, "onPodConditions", OmitEmpty = true, ListType = "atomic")]
    public partial ValueList<PodFailurePolicyOnPodConditionsPattern> OnPodConditions { get; init; }
}
