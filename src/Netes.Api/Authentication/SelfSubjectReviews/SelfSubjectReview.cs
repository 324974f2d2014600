using Netes.Api.Meta;

namespace Netes.Api.Authentication;

[ApiType("io.k8s.api.authentication.v1.SelfSubjectReview")]
[ApiKind("authentication.k8s.io", "v1", "SelfSubjectReview")]
public sealed partial record SelfSubjectReview : IKubernetesObject
{
    /// <summary>What every object has: name, namespace, labels and so on.</summary>
    [Field(1, "metadata", OmitEmpty = true)]
    public partial ObjectMeta Metadata { get; init; }

    /// <summary>What is; written by the system.</summary>
    [Field(2, "status", OmitEmpty = true)]
    public partial SelfSubjectReviewStatus Status { get; init; }
}

[ApiType("io.k8s.api.authentication.v1.SelfSubjectReviewStatus")]
public sealed partial record SelfSubjectReviewStatus
{
    [Field(1, "userInfo", OmitEmpty = true)]
    public partial UserInfo UserInfo { get; init; }
}
