using Netes.Api.Meta;

namespace Netes.Api.Authorization;

[ApiType("io.k8s.api.authorization.v1.LocalSubjectAccessReview")]
[ApiKind("authorization.k8s.io", "v1", "LocalSubjectAccessReview")]
public sealed partial record LocalSubjectAccessReview : IKubernetesObject
{
    /// <summary>What every object has: name, namespace, labels and so on.</summary>
    [Field(1, "metadata", OmitEmpty = true)]
    public partial ObjectMeta Metadata { get; init; }

    /// <summary>What is wanted.</summary>
    [Field(2, "spec", Required = true)]
    public partial SubjectAccessReviewSpec Spec { get; init; }

    /// <summary>What is; written by the system.</summary>
    [Field(3, "status", OmitEmpty = true)]
    public partial SubjectAccessReviewStatus Status { get; init; }
}
