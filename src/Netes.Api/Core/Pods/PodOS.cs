using Netes.Api.Meta;

namespace Netes.Api.Core;

[ApiType("io.k8s.api.core.v1.PodOS")]
public sealed partial record PodOS
{
    [Field(1, "name", Required = true, EnumOf = typeof(OSName))]
    public partial string Name { get; init; }
}
