using Netes.Api.Core;
using Netes.Api.Meta;

namespace Netes.Api.Scheduling;

/// <summary>A name for a priority of pods.</summary>
[ApiType("io.k8s.api.scheduling.v1.PriorityClass")]
[ApiKind("scheduling.k8s.io", "v1", "PriorityClass")]
public sealed partial record PriorityClass : IKubernetesObject
{
    /// <summary>What every object has: name, namespace, labels and so on.</summary>
    [Field(1, "metadata", OmitEmpty = true)]
    public partial ObjectMeta Metadata { get; init; }

    /// <summary>The priority; higher ones come first.</summary>
    [Field(2, "value")]
    public partial int Value { get; init; }

    /// <summary>True for the one class of pods that name none.</summary>
    [Field(3, "globalDefault", OmitEmpty = true)]
    public partial bool GlobalDefault { get; init; }

    /// <summary>What the class is for.</summary>
    [Field(4, "description", OmitEmpty = true)]
    public partial string Description { get; init; }

    /// <summary>Whether its pods may displace others.</summary>
    [Field(5, "preemptionPolicy", OmitEmpty = true, EnumOf = typeof(PreemptionPolicy))]
    public partial string? PreemptionPolicy { get; init; }
}

/// <summary>A list of objects of kind PriorityClass.</summary>
[ApiType("io.k8s.api.scheduling.v1.PriorityClassList")]
[ApiKind("scheduling.k8s.io", "v1", "PriorityClassList")]
public sealed partial record PriorityClassList : IKubernetesList<PriorityClass>
{
    /// <summary>The revision of the list, and where to go on.</summary>
    [Field(1, "metadata", OmitEmpty = true)]
    public partial ListMeta Metadata { get; init; }

    /// <summary>The objects.</summary>
    [Field(2, "items", Required = true)]
    public partial ValueList<PriorityClass> Items { get; init; }
}
