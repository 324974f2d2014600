using Netes.Api.Meta;

namespace Netes.Api.Core;

[ApiType("io.k8s.api.core.v1.ObjectReference")]
public sealed partial record ObjectReference
{
    [Field(1, "kind", OmitEmpty = true)]
    public partial string Kind { get; init; }

    [Field(2, "namespace", OmitEmpty = true)]
    public partial string Namespace { get; init; }

    [Field(3, "name", OmitEmpty = true)]
    public partial string Name { get; init; }

    [Field(4, "uid", OmitEmpty = true)]
    public partial string Uid { get; init; }

    [Field(5, "apiVersion", OmitEmpty = true)]
    public partial string ApiVersion { get; init; }

    [Field(6, "resourceVersion", OmitEmpty = true)]
    public partial string ResourceVersion { get; init; }

    [Field(7, "fieldPath", OmitEmpty = true)]
    public partial string FieldPath { get; init; }
}
