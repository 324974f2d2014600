using Netes.Api.Meta;

namespace Netes.Api.Authorization;

[ApiType("io.k8s.api.authorization.v1.SelfSubjectAccessReview")]
[ApiKind("authorization.k8s.io", "v1", "SelfSubjectAccessReview")]
public sealed partial record SelfSubjectAccessReview : IKubernetesObject
{
    /// <summary>What every object has: name, namespace, labels and so on.</summary>
    [Field(1, "metadata", OmitEmpty = true)]
    public partial ObjectMeta Metadata { get; init; }

    /// <summary>What is wanted.</summary>
    [Field(2, "spec", Required = true)]
    public partial SelfSubjectAccessReviewSpec Spec { get; init; }

    /// <summary>What is; written by the system.</summary>
    [Field(3, "status", OmitEmpty = true)]
    public partial SubjectAccessReviewStatus Status { get; init; }
}

[ApiType("io.k8s.api.authorization.v1.SelfSubjectAccessReviewSpec")]
public sealed partial record SelfSubjectAccessReviewSpec
{
    [Field(1, "resourceAttributes", OmitEmpty = true)]
    public partial ResourceAttributes? ResourceAttributes { get; init; }

    [Field(2, "nonResourceAttributes", OmitEmpty = true)]
    public partial NonResourceAttributes? NonResourceAttributes { get; init; }
}
