using Netes.Api.Meta;

namespace Netes.Api.Core;

[ApiType("io.k8s.api.core.v1.PersistentVolume")]
[ApiKind("", "v1", "PersistentVolume")]
public sealed partial record PersistentVolume : IKubernetesObject
{
    [Field(1, "metadata", OmitEmpty = true)]
    public partial ObjectMeta Metadata { get; init; }

    [Field(2, "spec", OmitEmpty = true)]
    public partial PersistentVolumeSpec Spec { get; init; }

    [Field(3, "status", OmitEmpty = true)]
    public partial PersistentVolumeStatus Status { get; init; }
}

[ApiType("io.k8s.api.core.v1.PersistentVolumeList")]
[ApiKind("", "v1", "PersistentVolumeList")]
public sealed partial record PersistentVolumeList : IKubernetesList<PersistentVolume>
{
    [Field(1, "metadata", OmitEmpty = true)]
    public partial ListMeta Metadata { get; init; }

    [Field(2, "items", Required = true)]
    public partial ValueList<PersistentVolume> Items { get; init; }
}

[ApiType("io.k8s.api.core.v1.PersistentVolumeSpec")]
public sealed partial record PersistentVolumeSpec
{
    [Field(1, "capacity", OmitEmpty = true)]
    public partial ValueMap<Quantity> Capacity { get; init; }

    [Field(2, Inline = true)]
    public partial PersistentVolumeSource PersistentVolumeSource { get; init; }

    [Field(3, "accessModes", OmitEmpty = true, ListType = "atomic", EnumOf = typeof(PersistentVolumeAccessMode))]
    public partial ValueList<string> AccessModes { get; init; }

    [Field(4, "claimRef", OmitEmpty = true, StructType = "granular")]
    public partial ObjectReference? ClaimRef { get; init; }

    [Field(5, "persistentVolumeReclaimPolicy", OmitEmpty = true, EnumOf = typeof(PersistentVolumeReclaimPolicy))]
    public partial string PersistentVolumeReclaimPolicy { get; init; }

    [Field(6, "storageClassName", OmitEmpty = true)]
    public partial string StorageClassName { get; init; }

    [Field(7, "mountOptions", OmitEmpty = true, ListType = "atomic")]
    public partial ValueList<string> MountOptions { get; init; }

    [Field(8, "volumeMode", OmitEmpty = true, EnumOf = typeof(PersistentVolumeMode))]
    public partial string? VolumeMode { get; init; }

    [Field(9, "nodeAffinity", OmitEmpty = true)]
    public partial VolumeNodeAffinity? NodeAffinity { get; init; }

    [Field(10, "volumeAttributesClassName", OmitEmpty = true)]
    public partial string? VolumeAttributesClassName { get; init; }
}

[ApiType("io.k8s.api.core.v1.PersistentVolumeStatus")]
public sealed partial record PersistentVolumeStatus
{
    [Field(1, "phase", OmitEmpty = true, EnumOf = typeof(PersistentVolumePhase))]
    public partial string Phase { get; init; }

    [Field(2, "message", OmitEmpty = true)]
    public partial string Message { get; init; }

    [Field(3, "reason", OmitEmpty = true)]
    public partial string Reason { get; init; }

    [Field(4, "lastPhaseTransitionTime", OmitEmpty = true)]
    public partial Timestamp? LastPhaseTransitionTime { get; init; }
}
