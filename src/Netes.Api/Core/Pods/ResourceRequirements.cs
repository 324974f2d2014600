using Netes.Api.Meta;

namespace Netes.Api.Core;

[ApiType("io.k8s.api.core.v1.ResourceRequirements")]
public sealed partial record ResourceRequirements
{
    [Field(1, "limits", OmitEmpty = true)]
    public partial ValueMap<Quantity> Limits { get; init; }

    [Field(2, "requests", OmitEmpty = true)]
    public partial ValueMap<Quantity> Requests { get; init; }

    [Field(3, "claims", OmitEmpty = true, ListType = "map", ListMapKeys = ["name"])]
    public partial ValueList<ResourceClaim> Claims { get; init; }
}
