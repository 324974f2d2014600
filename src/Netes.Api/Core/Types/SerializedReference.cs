using Netes.Api.Meta;

namespace Netes.Api.Core;

[ApiType("io.k8s.api.core.v1.SerializedReference")]
[ApiKind("", "v1", "SerializedReference")]
public sealed partial record SerializedReference
{
    [Field(1, "reference", OmitEmpty = true)]
    public partial ObjectReference Reference { get; init; }
}
