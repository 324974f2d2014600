using Netes.Api.Meta;

namespace Netes.Api.Core;

[ApiType("io.k8s.api.core.v1.ContainerImage")]
public sealed partial record ContainerImage
{
    [Field(1, "names", ListType = "atomic")]
    public partial ValueList<string> Names { get; init; }

    [Field(2, "sizeBytes", OmitEmpty = true)]
    public partial long SizeBytes { get; init; }
}
