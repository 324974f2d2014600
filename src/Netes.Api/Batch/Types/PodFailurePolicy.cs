using Netes.Api.Meta;

namespace Netes.Api.Batch;

[ApiType("io.k8s.api.batch.v1.PodFailurePolicy")]
public sealed partial record PodFailurePolicy
{
    [Field(1, "rules", Required = true, ListType = "atomic")]
    public partial ValueList<PodFailurePolicyRule> Rules { get; init; }
}
