using Netes.Api.Meta;

namespace Netes.Api.Batch;

[ApiType("io.k8s.api.batch.v1.PodFailurePolicyOnExitCodesRequirement")]
public sealed partial record PodFailurePolicyOnExitCodesRequirement
{
    [Field(1, "containerName", OmitEmpty = true)]
    public partial string? ContainerName { get; init; }

    [Field(2, "operator", Required = true, EnumOf = typeof(PodFailurePolicyOnExitCodesOperator))]
    public partial string Operator { get; init; }

    [Field(3, "values", Required = true, ListType = "set")]
    public partial ValueList<int> Values { get; init; }
}
