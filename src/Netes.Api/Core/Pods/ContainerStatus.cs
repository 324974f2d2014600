using Netes.Api.Meta;

namespace Netes.Api.Core;

[ApiType("io.k8s.api.core.v1.ContainerStatus")]
public sealed partial record ContainerStatus
{
    [Field(1, "name", Required = true)]
    public partial string Name { get; init; }

    [Field(2, "state", OmitEmpty = true)]
    public partial ContainerState State { get; init; }

    [Field(3, "lastState", OmitEmpty = true)]
    public partial ContainerState LastTerminationState { get; init; }

    [Field(4, "ready", Required = true)]
    public partial bool Ready { get; init; }

    [Field(5, "restartCount", Required = true)]
    public partial int RestartCount { get; init; }

    [Field(6, "image", Required = true)]
    public partial string Image { get; init; }

    [Field(7, "imageID", Required = true)]
    public partial string ImageID { get; init; }

    [Field(8, "containerID", OmitEmpty = true)]
    public partial string ContainerID { get; init; }

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
