using Netes.Api.Meta;

namespace Netes.Api.Core;

/// <summary>Where the value of a variable comes from; one of them.</summary>
[ApiType("io.k8s.api.core.v1.EnvVarSource")]
public sealed partial record EnvVarSource
{
    /// <summary>A field of the pod.</summary>
    [Field(1, "fieldRef", OmitEmpty = true)]
    public partial ObjectFieldSelector? FieldRef { get; init; }

    /// <summary>A resource of a container.</summary>
    [Field(2, "resourceFieldRef", OmitEmpty = true)]
    public partial ResourceFieldSelector? ResourceFieldRef { get; init; }

    /// <summary>A key of a config map.</summary>
    [Field(3, "configMapKeyRef", OmitEmpty = true)]
    public partial ConfigMapKeySelector? ConfigMapKeyRef { get; init; }

    /// <summary>A key of a secret.</summary>
    [Field(4, "secretKeyRef", OmitEmpty = true)]
    public partial SecretKeySelector? SecretKeyRef { get; init; }

    [Field(5, "fileKeyRef", OmitEmpty = true)]
    public partial FileKeySelector? FileKeyRef { get; init; }
}
