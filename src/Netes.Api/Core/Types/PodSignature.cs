using Netes.Api.Meta;

namespace Netes.Api.Core;

[ApiType("io.k8s.api.core.v1.PodSignature")]
public sealed partial record PodSignature
{
    [Field(1, "podController", OmitEmpty = true)]
    public partial OwnerReference? PodController { get; init; }
}
