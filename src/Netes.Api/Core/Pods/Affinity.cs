using Netes.Api.Meta;

namespace Netes.Api.Core;

/// <summary>Rules of where a pod should run.</summary>
[ApiType("io.k8s.api.core.v1.Affinity")]
public sealed partial record Affinity
{
    /// <summary>Which nodes.</summary>
    [Field(1, "nodeAffinity", OmitEmpty = true)]
    public partial NodeAffinity? NodeAffinity { get; init; }

    /// <summary>Near which pods.</summary>
    [Field(2, "podAffinity", OmitEmpty = true)]
    public partial PodAffinity? PodAffinity { get; init; }

    /// <summary>Away from which pods.</summary>
    [Field(3, "podAntiAffinity", OmitEmpty = true)]
    public partial PodAntiAffinity? PodAntiAffinity { get; init; }
}
