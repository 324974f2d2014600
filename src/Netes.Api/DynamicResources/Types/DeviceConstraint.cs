using Netes.Api.Meta;

namespace Netes.Api.DynamicResources;

[ApiType("io.k8s.api.resource.v1.DeviceConstraint")]
public sealed partial record DeviceConstraint
{
    [Field(1, "requests", OmitEmpty = true, ListType = "atomic")]
    public partial ValueList<string> Requests { get; init; }

    [Field(2, "matchAttribute", OmitEmpty = true)]
    public partial string? MatchAttribute { get; init; }

    [Field(3, "distinctAttribute", OmitEmpty = true)]
    public partial string? DistinctAttribute { get; init; }
}
