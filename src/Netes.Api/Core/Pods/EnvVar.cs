using Netes.Api.Meta;

namespace Netes.Api.Core;

[ApiType("io.k8s.api.core.v1.EnvVar")]
public sealed partial record EnvVar
{
    [Field(1, "name", Required = true)]
    public partial string Name { get; init; }

    [Field(2, "value", OmitEmpty = true)]
    public partial string Value { get; init; }

    [Field(3, "valueFrom", OmitEmpty = true)]
    public partial EnvVarSource? ValueFrom { get; init; }
}
