using Netes.Api.Meta;

namespace Netes.Api.Core;

/// <summary>A piece of storage in the cluster.</summary>
[ApiType("io.k8s.api.core.v1.PersistentVolume")]
[ApiKind("", "v1", "PersistentVolume")]
public sealed partial record PersistentVolume : IKubernetesObject
{
    /// <summary>What every object has: name, namespace, labels and so on.</summary>
    [Field(1, "metadata", OmitEmpty = true)]
    public partial ObjectMeta Metadata { get; init; }

    /// <summary>What is wanted.</summary>
    [Field(2, "spec", OmitEmpty = true)]
    public partial PersistentVolumeSpec Spec { get; init; }

    /// <summary>What is; written by the system.</summary>
    [Field(3, "status", OmitEmpty = true)]
    public partial PersistentVolumeStatus Status { get; init; }
}

/// <summary>A list of objects of kind PersistentVolume.</summary>
[ApiType("io.k8s.api.core.v1.PersistentVolumeList")]
[ApiKind("", "v1", "PersistentVolumeList")]
public sealed partial record PersistentVolumeList : IKubernetesList<PersistentVolume>
{
    /// <summary>The revision of the list, and where to go on.</summary>
    [Field(1, "metadata", OmitEmpty = true)]
    public partial ListMeta Metadata { get; init; }

    /// <summary>The objects.</summary>
    [Field(2, "items", Required = true)]
    public partial ValueList<PersistentVolume> Items { get; init; }
}

/// <summary>What the storage is.</summary>
[ApiType("io.k8s.api.core.v1.PersistentVolumeSpec")]
public sealed partial record PersistentVolumeSpec
{
    /// <summary>How much it holds.</summary>
    [Field(1, "capacity", OmitEmpty = true)]
    public partial ValueMap<Quantity> Capacity { get; init; }

    [Field(2, Inline = true)]
    public partial PersistentVolumeSource PersistentVolumeSource { get; init; }

    /// <summary>How it can be mounted.</summary>
    [Field(3, "accessModes", OmitEmpty = true, ListType = "atomic", EnumOf = typeof(PersistentVolumeAccessMode))]
    public partial ValueList<string> AccessModes { get; init; }

    /// <summary>The claim it is bound to.</summary>
    [Field(4, "claimRef", OmitEmpty = true, StructType = "granular")]
    public partial ObjectReference? ClaimRef { get; init; }

    /// <summary>What becomes of it when its claim is gone: Retain or Delete.</summary>
    [Field(5, "persistentVolumeReclaimPolicy", OmitEmpty = true, EnumOf = typeof(PersistentVolumeReclaimPolicy))]
    public partial string PersistentVolumeReclaimPolicy { get; init; }

    /// <summary>The class it belongs to.</summary>
    [Field(6, "storageClassName", OmitEmpty = true)]
    public partial string StorageClassName { get; init; }

    /// <summary>Options of the mount.</summary>
    [Field(7, "mountOptions", OmitEmpty = true, ListType = "atomic")]
    public partial ValueList<string> MountOptions { get; init; }

    /// <summary>Filesystem or Block.</summary>
    [Field(8, "volumeMode", OmitEmpty = true, EnumOf = typeof(PersistentVolumeMode))]
    public partial string? VolumeMode { get; init; }

    /// <summary>The nodes that can reach it.</summary>
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
