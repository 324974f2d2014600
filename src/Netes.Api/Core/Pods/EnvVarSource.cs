using Netes.Api.Meta;

namespace Netes.Api.Core;

[ApiType("io.k8s.api.core.v1.EnvVarSource")]
public sealed partial record EnvVarSource
{
    [Field(1, "fieldRef", OmitEmpty = true)]
    public partial ObjectFieldSelector? FieldRef { get; init; }

    [Field(2, "resourceFieldRef", OmitEmpty = true)]
    public partial ResourceFieldSelector? ResourceFieldRef { get; init; }

    [Field(3, "configMapKeyRef", OmitEmpty = true)]
    public partial ConfigMapKeySelector? ConfigMapKeyRef { get; init; }

    [Field(4, "secretKeyRef", OmitEmpty = true)]
    public partial SecretKeySelector? SecretKeyRef { get; init; }

    [Field(5, "fileKeyRef", OmitEmpty = true)]
    public partial FileKeySelector? FileKeyRef { get; init; }
}
