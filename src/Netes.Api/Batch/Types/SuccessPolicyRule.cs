using Netes.Api.Meta;

namespace Netes.Api.Batch;

[ApiType("io.k8s.api.batch.v1.SuccessPolicyRule")]
public sealed partial record SuccessPolicyRule
{
    [Field(1, "succeededIndexes", OmitEmpty = true)]
    public partial string? SucceededIndexes { get; init; }

    [Field(2, "succeededCount", OmitEmpty = true)]
    public partial int? SucceededCount { get; init; }
}
