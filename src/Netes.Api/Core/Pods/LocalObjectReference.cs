using Netes.Api.Meta;

namespace Netes.Api.Core;

[ApiType("io.k8s.api.core.v1.LocalObjectReference")]
public sealed partial record LocalObjectReference
{
    [Field(1, "name", OmitEmpty = true, Default = "\"\"")]
    public partial string Name { get; init; }
}
