using Netes.Api.Meta;

namespace Netes.Api.Core;

/// <summary>The state of one container.</summary>
[ApiType("io.k8s.api.core.v1.ContainerStatus")]
public sealed partial record ContainerStatus
{
    /// <summary>The name of the container.</summary>
    [Field(1, "name", Required = true)]
    public partial string Name { get; init; }

    /// <summary>What it is doing now.</summary>
    [Field(2, "state", OmitEmpty = true)]
    public partial ContainerState State { get; init; }

    /// <summary>How it last ended.</summary>
    [Field(3, "lastState", OmitEmpty = true)]
    public partial ContainerState LastTerminationState { get; init; }

    /// <summary>True when it can serve.</summary>
    [Field(4, "ready", Required = true)]
    public partial bool Ready { get; init; }

    /// <summary>How often it was restarted.</summary>
    [Field(5, "restartCount", Required = true)]
    public partial int RestartCount { get; init; }

    /// <summary>The image it runs.</summary>
    [Field(6, "image", Required = true)]
    public partial string Image { get; init; }

    /// <summary>The identity of the image it runs.</summary>
    [Field(7, "imageID", Required = true)]
    public partial string ImageID { get; init; }

    /// <summary>The runtime and the number it gave the container.</summary>
    [Field(8, "containerID", OmitEmpty = true)]
    public partial string ContainerID { get; init; }

    /// <summary>True once the startup probe has succeeded.</summary>
    [Field(9, "started", OmitEmpty = true)]
    public partial bool? Started { get; init; }

    [Field(10, "allocatedResources", OmitEmpty = true)]
    public partial ValueMap<Quantity> AllocatedResources { get; init; }

    [Field(11, "resources", OmitEmpty = true)]
    public partial ResourceRequirements? Resources { get; init; }

    [Field(12, "volumeMounts", OmitEmpty = true, ListType = "map", ListMapKeys = ["mountPath"],
        PatchStrategy = "merge", PatchMergeKey = "mountPath")]
    public partial ValueList<VolumeMountStatus> VolumeMounts { get; init; }

    [Field(13, "user", OmitEmpty = true)]
    public partial ContainerUser? User { get; init; }

    [Field(14, "allocatedResourcesStatus", OmitEmpty = true, ListType = "map", ListMapKeys = ["name"],
        PatchStrategy = "merge", PatchMergeKey = "name")]
    public partial ValueList<ResourceStatus> AllocatedResourcesStatus { get; init; }

    [Field(15, "stopSignal", OmitEmpty = true, EnumOf = typeof(Signal))]
    public partial string? StopSignal { get; init; }
}
