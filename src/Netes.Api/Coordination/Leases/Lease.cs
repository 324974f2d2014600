using Netes.Api.Meta;

namespace Netes.Api.Coordination;

[ApiType("io.k8s.api.coordination.v1.Lease")]
[ApiKind("coordination.k8s.io", "v1", "Lease")]
public sealed partial record Lease : IKubernetesObject
{
    [Field(1, "metadata", OmitEmpty = true)]
    public partial ObjectMeta Metadata { get; init; }

    [Field(2, "spec", OmitEmpty = true)]
    public partial LeaseSpec Spec { get; init; }
}

[ApiType("io.k8s.api.coordination.v1.LeaseList")]
[ApiKind("coordination.k8s.io", "v1", "LeaseList")]
public sealed partial record LeaseList : IKubernetesList<Lease>
{
    [Field(1, "metadata", OmitEmpty = true)]
    public partial ListMeta Metadata { get; init; }

    [Field(2, "items", Required = true)]
    public partial ValueList<Lease> Items { get; init; }
}

[ApiType("io.k8s.api.coordination.v1.LeaseSpec")]
public sealed partial record LeaseSpec
{
    [Field(1, "holderIdentity", OmitEmpty = true)]
    public partial string? HolderIdentity { get; init; }

    [Field(2, "leaseDurationSeconds", OmitEmpty = true)]
    public partial int? LeaseDurationSeconds { get; init; }

    [Field(3, "acquireTime", OmitEmpty = true)]
    public partial MicroTimestamp? AcquireTime { get; init; }

    [Field(4, "renewTime", OmitEmpty = true)]
    public partial MicroTimestamp? RenewTime { get; init; }

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
