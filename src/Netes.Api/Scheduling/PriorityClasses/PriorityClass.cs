using Netes.Api.Core;
using Netes.Api.Meta;

namespace Netes.Api.Scheduling;

[ApiType("io.k8s.api.scheduling.v1.PriorityClass")]
[ApiKind("scheduling.k8s.io", "v1", "PriorityClass")]
public sealed partial record PriorityClass : IKubernetesObject
{
    [Field(1, "metadata", OmitEmpty = true)]
    public partial ObjectMeta Metadata { get; init; }

    [Field(2, "value")]
    public partial int Value { get; init; }

    [Field(3, "globalDefault", OmitEmpty = true)]
    public partial bool GlobalDefault { get; init; }

    [Field(4, "description", OmitEmpty = true)]
    public partial string Description { get; init; }

    [Field(5, "preemptionPolicy", OmitEmpty = true, EnumOf = typeof(PreemptionPolicy))]
    public partial string? PreemptionPolicy { get; init; }
}

[ApiType("io.k8s.api.scheduling.v1.PriorityClassList")]
[ApiKind("scheduling.k8s.io", "v1", "PriorityClassList")]
public sealed partial record PriorityClassList : IKubernetesList<PriorityClass>
{
    [Field(1, "metadata", OmitEmpty = true)]
    public partial ListMeta Metadata { get; init; }

    [Field(2, "items", Required = true)]
    public partial ValueList<PriorityClass> Items { get; init; }
}
