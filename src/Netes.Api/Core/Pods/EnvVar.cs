using Netes.Api.Meta;

namespace Netes.Api.Core;

/// <summary>An environment variable.</summary>
[ApiType("io.k8s.api.core.v1.EnvVar")]
public sealed partial record EnvVar
{
    /// <summary>The name of the variable.</summary>
    [Field(1, "name", Required = true)]
    public partial string Name { get; init; }

    /// <summary>The value; $(NAME) stands for an earlier variable.</summary>
    [Field(2, "value", OmitEmpty = true)]
    public partial string Value { get; init; }

    /// <summary>Where the value comes from.</summary>
    [Field(3, "valueFrom", OmitEmpty = true)]
    public partial EnvVarSource? ValueFrom { get; init; }
}
