using Netes.Api.Meta;

namespace Netes.Api.Core;

/// <summary>A request for storage.</summary>
[ApiType("io.k8s.api.core.v1.PersistentVolumeClaim")]
[ApiKind("", "v1", "PersistentVolumeClaim")]
public sealed partial record PersistentVolumeClaim : IKubernetesObject
{
    /// <summary>What every object has: name, namespace, labels and so on.</summary>
    [Field(1, "metadata", OmitEmpty = true)]
    public partial ObjectMeta Metadata { get; init; }

    /// <summary>What is wanted.</summary>
    [Field(2, "spec", OmitEmpty = true)]
    public partial PersistentVolumeClaimSpec Spec { get; init; }

    /// <summary>What is; written by the system.</summary>
    [Field(3, "status", OmitEmpty = true)]
    public partial PersistentVolumeClaimStatus Status { get; init; }
}

/// <summary>A list of objects of kind PersistentVolumeClaim.</summary>
[ApiType("io.k8s.api.core.v1.PersistentVolumeClaimList")]
[ApiKind("", "v1", "PersistentVolumeClaimList")]
public sealed partial record PersistentVolumeClaimList : IKubernetesList<PersistentVolumeClaim>
{
    /// <summary>The revision of the list, and where to go on.</summary>
    [Field(1, "metadata", OmitEmpty = true)]
    public partial ListMeta Metadata { get; init; }

    /// <summary>The objects.</summary>
    [Field(2, "items", Required = true)]
    public partial ValueList<PersistentVolumeClaim> Items { get; init; }
}

[ApiType("io.k8s.api.core.v1.PersistentVolumeClaimStatus")]
public sealed partial record PersistentVolumeClaimStatus
{
    [Field(1, "phase", OmitEmpty = true, EnumOf = typeof(PersistentVolumeClaimPhase))]
    public partial string Phase { get; init; }

    [Field(2, "accessModes", OmitEmpty = true, ListType = "atomic", EnumOf = typeof(PersistentVolumeAccessMode))]
    public partial ValueList<string> AccessModes { get; init; }

    [Field(3, "capacity", OmitEmpty = true)]
    public partial ValueMap<Quantity> Capacity { get; init; }

    /// <summary>Aspects of the state.</summary>
    [Field(4, "conditions", OmitEmpty = true, ListType = "map", ListMapKeys = ["type"], PatchStrategy = "merge",
        PatchMergeKey = "type")]
    public partial ValueList<PersistentVolumeClaimCondition> Conditions { get; init; }

    [Field(5, "allocatedResources", OmitEmpty = true)]
    public partial ValueMap<Quantity> AllocatedResources { get; init; }

    [Field(7, "allocatedResourceStatuses", OmitEmpty = true, MapType = "granular")]
    public partial ValueMap<string> AllocatedResourceStatuses { get; init; }

    [Field(8, "currentVolumeAttributesClassName", OmitEmpty = true)]
    public partial string? CurrentVolumeAttributesClassName { get; init; }

    [Field(9, "modifyVolumeStatus", OmitEmpty = true)]
    public partial ModifyVolumeStatus? ModifyVolumeStatus { get; init; }
}

/// <summary>The values of <c>ClaimResourceStatus</c>.</summary>
public static class ClaimResourceStatus
{
    public const string ControllerResizeInProgress = "ControllerResizeInProgress";
    public const string ControllerResizeInfeasible = "ControllerResizeInfeasible";
    public const string NodeResizeInProgress = "NodeResizeInProgress";
    public const string NodeResizeInfeasible = "NodeResizeInfeasible";
    public const string NodeResizePending = "NodeResizePending";
}

[ApiType("io.k8s.api.core.v1.ModifyVolumeStatus")]
public sealed partial record ModifyVolumeStatus
{
    [Field(1, "targetVolumeAttributesClassName", OmitEmpty = true)]
    public partial string TargetVolumeAttributesClassName { get; init; }

    [Field(2, "status", Required = true, EnumOf = typeof(PersistentVolumeClaimModifyVolumeStatus))]
    public partial string Status { get; init; }
}

/// <summary>One aspect of an object's state.</summary>
[ApiType("io.k8s.api.core.v1.PersistentVolumeClaimCondition")]
public sealed partial record PersistentVolumeClaimCondition
{
    /// <summary>The aspect of the state.</summary>
    [Field(1, "type", Required = true, EnumOf = typeof(PersistentVolumeClaimConditionType))]
    public partial string Type { get; init; }

    /// <summary>True, False or Unknown.</summary>
    [Field(2, "status", Required = true, EnumOf = typeof(ConditionStatus))]
    public partial string Status { get; init; }

    /// <summary>When the condition was last checked.</summary>
    [Field(3, "lastProbeTime")]
    public partial Timestamp? LastProbeTime { get; init; }

    /// <summary>When the status last changed.</summary>
    [Field(4, "lastTransitionTime")]
    public partial Timestamp? LastTransitionTime { get; init; }

    /// <summary>Why it is so, in one word.</summary>
    [Field(5, "reason", OmitEmpty = true)]
    public partial string Reason { get; init; }

    /// <summary>Why it is so, for people.</summary>
    [Field(6, "message", OmitEmpty = true)]
    public partial string Message { get; init; }
}

/// <summary>The values of <c>PersistentVolumeClaimConditionType</c>.</summary>
public static class PersistentVolumeClaimConditionType
{
    public const string ControllerResizeError = "ControllerResizeError";
    public const string FileSystemResizePending = "FileSystemResizePending";
    public const string ModifyVolumeError = "ModifyVolumeError";
    public const string ModifyingVolume = "ModifyingVolume";
    public const string NodeResizeError = "NodeResizeError";
    public const string Resizing = "Resizing";
    public const string Unused = "Unused";
}

/// <summary>The values of <c>PersistentVolumeClaimModifyVolumeStatus</c>.</summary>
public static class PersistentVolumeClaimModifyVolumeStatus
{
    public const string InProgress = "InProgress";
    public const string Infeasible = "Infeasible";
    public const string Pending = "Pending";
}

/// <summary>The values of <c>PersistentVolumeClaimPhase</c>.</summary>
public static class PersistentVolumeClaimPhase
{
    public const string Bound = "Bound";
    public const string Lost = "Lost";
    public const string Pending = "Pending";
}
