using Netes.Api.Meta;

namespace Netes.Api.Coordination;

/// <summary>A claim that must be renewed, for heartbeats and leader election.</summary>
[ApiType("io.k8s.api.coordination.v1.Lease")]
[ApiKind("coordination.k8s.io", "v1", "Lease")]
public sealed partial record Lease : IKubernetesObject
{
    /// <summary>What every object has: name, namespace, labels and so on.</summary>
    [Field(1, "metadata", OmitEmpty = true)]
    public partial ObjectMeta Metadata { get; init; }

    /// <summary>What is wanted.</summary>
    [Field(2, "spec", OmitEmpty = true)]
    public partial LeaseSpec Spec { get; init; }
}

/// <summary>A list of objects of kind Lease.</summary>
[ApiType("io.k8s.api.coordination.v1.LeaseList")]
[ApiKind("coordination.k8s.io", "v1", "LeaseList")]
public sealed partial record LeaseList : IKubernetesList<Lease>
{
    /// <summary>The revision of the list, and where to go on.</summary>
    [Field(1, "metadata", OmitEmpty = true)]
    public partial ListMeta Metadata { get; init; }

    /// <summary>The objects.</summary>
    [Field(2, "items", Required = true)]
    public partial ValueList<Lease> Items { get; init; }
}

/// <summary>Who holds a lease, and until when.</summary>
[ApiType("io.k8s.api.coordination.v1.LeaseSpec")]
public sealed partial record LeaseSpec
{
    /// <summary>Who holds it.</summary>
    [Field(1, "holderIdentity", OmitEmpty = true)]
    public partial string? HolderIdentity { get; init; }

    /// <summary>How long it lasts after each renewal.</summary>
    [Field(2, "leaseDurationSeconds", OmitEmpty = true)]
    public partial int? LeaseDurationSeconds { get; init; }

    /// <summary>When it was taken.</summary>
    [Field(3, "acquireTime", OmitEmpty = true)]
    public partial MicroTimestamp? AcquireTime { get; init; }

    /// <summary>When it was last renewed.</summary>
    [Field(4, "renewTime", OmitEmpty = true)]
    public partial MicroTimestamp? RenewTime { get; init; }

    /// <summary>How often it changed hands.</summary>
    [Field(5, "leaseTransitions", OmitEmpty = true)]
    public partial int? LeaseTransitions { get; init; }

    [Field(6, "strategy", OmitEmpty = true, EnumOf = typeof(CoordinatedLeaseStrategy))]
    public partial string? Strategy { get; init; }

    [Field(7, "preferredHolder", OmitEmpty = true)]
    public partial string? PreferredHolder { get; init; }
}

/// <summary>The values of <c>CoordinatedLeaseStrategy</c>.</summary>
public static class CoordinatedLeaseStrategy
{
    public const string OldestEmulationVersion = "OldestEmulationVersion";
}
