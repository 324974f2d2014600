using Netes.Api.Meta;

namespace Netes.Api.Batch;

[ApiType("io.k8s.api.batch.v1.SuccessPolicy")]
public sealed partial record SuccessPolicy
{
    [Field(1, "rules", Required = true, ListType = "atomic")]
    public partial ValueList<SuccessPolicyRule> Rules { get; init; }
}
