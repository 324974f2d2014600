using Netes.Api.Meta;

namespace Netes.Api.Core;

[ApiType("io.k8s.api.core.v1.ObjectFieldSelector")]
public sealed partial record ObjectFieldSelector
{
    [Field(1, "apiVersion", OmitEmpty = true)]
    public partial string ApiVersion { get; init; }

    [Field(2, "fieldPath", Required = true)]
    public partial string FieldPath { get; init; }
}
