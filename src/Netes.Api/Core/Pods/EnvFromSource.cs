using Netes.Api.Meta;

namespace Netes.Api.Core;

[ApiType("io.k8s.api.core.v1.EnvFromSource")]
public sealed partial record EnvFromSource
{
    [Field(1, "prefix", OmitEmpty = true)]
    public partial string Prefix { get; init; }

    [Field(2, "configMapRef", OmitEmpty = true)]
    public partial ConfigMapEnvSource? ConfigMapRef { get; init; }

    [Field(3, "secretRef", OmitEmpty = true)]
    public partial SecretEnvSource? SecretRef { get; init; }
}
