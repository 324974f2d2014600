using Netes.Api.Meta;

namespace Netes.Api.Core;

/// <summary>What a container needs and may use.</summary>
[ApiType("io.k8s.api.core.v1.ResourceRequirements")]
public sealed partial record ResourceRequirements
{
    /// <summary>The most it may use of each resource.</summary>
    [Field(1, "limits", OmitEmpty = true)]
    public partial ValueMap<Quantity> Limits { get; init; }

    /// <summary>What it needs of each resource; the scheduler reserves it.</summary>
    [Field(2, "requests", OmitEmpty = true)]
    public partial ValueMap<Quantity> Requests { get; init; }

    /// <summary>The claims of the pod that it uses.</summary>
    [Field(3, "claims", OmitEmpty = true, ListType = "map", ListMapKeys = ["name"])]
    public partial ValueList<ResourceClaim> Claims { get; init; }
}
