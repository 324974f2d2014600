using Netes.Api.Meta;

namespace Netes.Api.Core;

[ApiType("io.k8s.api.core.v1.SecretReference")]
public sealed partial record SecretReference
{
    [Field(1, "name", OmitEmpty = true)]
    public partial string Name { get; init; }

    [Field(2, "namespace", OmitEmpty = true)]
    public partial string Namespace { get; init; }
}
