using Netes.Api.Meta;

namespace Netes.Api.Authentication;

[ApiType("io.k8s.api.authentication.v1.TokenReview")]
[ApiKind("authentication.k8s.io", "v1", "TokenReview")]
public sealed partial record TokenReview : IKubernetesObject
{
    /// <summary>What every object has: name, namespace, labels and so on.</summary>
    [Field(1, "metadata", OmitEmpty = true)]
    public partial ObjectMeta Metadata { get; init; }

    /// <summary>What is wanted.</summary>
    [Field(2, "spec", Required = true)]
    public partial TokenReviewSpec Spec { get; init; }

    /// <summary>What is; written by the system.</summary>
    [Field(3, "status", OmitEmpty = true)]
    public partial TokenReviewStatus Status { get; init; }
}

[ApiType("io.k8s.api.authentication.v1.TokenReviewSpec")]
public sealed partial record TokenReviewSpec
{
    [Field(1, "token", OmitEmpty = true, Required = true)]
    public partial string Token { get; init; }

    [Field(2, "audiences", OmitEmpty = true, ListType = "atomic")]
    public partial ValueList<string> Audiences { get; init; }
}

[ApiType("io.k8s.api.authentication.v1.TokenReviewStatus")]
public sealed partial record TokenReviewStatus
{
    [Field(1, "authenticated", OmitEmpty = true)]
    public partial bool Authenticated { get; init; }

    [Field(2, "user", OmitEmpty = true)]
    public partial UserInfo User { get; init; }

    [Field(4, "audiences", OmitEmpty = true, ListType = "atomic")]
    public partial ValueList<string> Audiences { get; init; }

    [Field(3, "error", OmitEmpty = true)]
    public partial string Error { get; init; }
}
