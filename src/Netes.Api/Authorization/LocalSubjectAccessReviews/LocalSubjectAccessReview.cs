using Netes.Api.Meta;

namespace Netes.Api.Authorization;

[ApiType("io.k8s.api.authorization.v1.LocalSubjectAccessReview")]
[ApiKind("authorization.k8s.io", "v1", "LocalSubjectAccessReview")]
public sealed partial record LocalSubjectAccessReview : IKubernetesObject
{
    [Field(1, "metadata", OmitEmpty = true)]
    public partial ObjectMeta Metadata { get; init; }

    [Field(2, "spec", Required = true)]
    public partial SubjectAccessReviewSpec Spec { get; init; }

    [Field(3, "status", OmitEmpty = true)]
    public partial SubjectAccessReviewStatus Status { get; init; }
}
