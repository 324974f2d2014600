using Netes.Api.Meta;

namespace Netes.Api.Core;

[ApiType("io.k8s.api.core.v1.HTTPHeader")]
public sealed partial record HTTPHeader
{
    [Field(1, "name", Required = true)]
    public partial string Name { get; init; }

    [Field(2, "value", Required = true)]
    public partial string Value { get; init; }
}
