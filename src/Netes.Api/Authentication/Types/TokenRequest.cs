using Netes.Api.Meta;

namespace Netes.Api.Authentication;

[ApiType("io.k8s.api.authentication.v1.TokenRequest")]
[ApiKind("authentication.k8s.io", "v1", "TokenRequest")]
public sealed partial record TokenRequest : IKubernetesObject
{
    /// <summary>What every object has: name, namespace, labels and so on.</summary>
    [Field(1, "metadata", OmitEmpty = true)]
    public partial ObjectMeta Metadata { get; init; }

    /// <summary>What is wanted.</summary>
    [Field(2, "spec")]
    public partial TokenRequestSpec Spec { get; init; }

    /// <summary>What is; written by the system.</summary>
    [Field(3, "status", OmitEmpty = true)]
    public partial TokenRequestStatus Status { get; init; }
}
