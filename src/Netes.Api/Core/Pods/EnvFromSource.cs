using Netes.Api.Meta;

namespace Netes.Api.Core;

/// <summary>A source of many variables.</summary>
[ApiType("io.k8s.api.core.v1.EnvFromSource")]
public sealed partial record EnvFromSource
{
    /// <summary>Put in front of every name.</summary>
    [Field(1, "prefix", OmitEmpty = true)]
    public partial string Prefix { get; init; }

    /// <summary>The config map whose keys become variables.</summary>
    [Field(2, "configMapRef", OmitEmpty = true)]
    public partial ConfigMapEnvSource? ConfigMapRef { get; init; }

    /// <summary>The secret whose keys become variables.</summary>
    [Field(3, "secretRef", OmitEmpty = true)]
    public partial SecretEnvSource? SecretRef { get; init; }
}
