using Netes.Api.Meta;

namespace Netes.Api.Authorization;

[ApiType("io.k8s.api.authorization.v1.SubjectAccessReviewStatus")]
public sealed partial record SubjectAccessReviewStatus
{
    [Field(1, "allowed", Required = true)]
    public partial bool Allowed { get; init; }

    [Field(4, "denied", OmitEmpty = true)]
    public partial bool Denied { get; init; }

    [Field(2, "reason", OmitEmpty = true)]
    public partial string Reason { get; init; }

    [Field(3, "evaluationError", OmitEmpty = true)]
    public partial string EvaluationError { get; init; }
}
