using Netes.Api.Meta;

namespace Netes.Api.Core;

[ApiType("io.k8s.api.core.v1.Node")]
[ApiKind("", "v1", "Node")]
public sealed partial record Node : IKubernetesObject
{
    [Field(1, "metadata", OmitEmpty = true)]
    public partial ObjectMeta Metadata { get; init; }

    [Field(2, "spec", OmitEmpty = true)]
    public partial NodeSpec Spec { get; init; }

    [Field(3, "status", OmitEmpty = true)]
    public partial NodeStatus Status { get; init; }
}

[ApiType("io.k8s.api.core.v1.NodeList")]
[ApiKind("", "v1", "NodeList")]
public sealed partial record NodeList : IKubernetesList<Node>
{
    [Field(1, "metadata", OmitEmpty = true)]
    public partial ListMeta Metadata { get; init; }

    [Field(2, "items", Required = true)]
    public partial ValueList<Node> Items { get; init; }
}

[ApiType("io.k8s.api.core.v1.NodeSpec")]
public sealed partial record NodeSpec
{
    [Field(1, "podCIDR", OmitEmpty = true)]
    public partial string PodCIDR { get; init; }

    [Field(7, "podCIDRs", OmitEmpty = true, ListType = "set", PatchStrategy = "merge")]
    public partial ValueList<string> PodCIDRs { get; init; }

    [Field(3, "providerID", OmitEmpty = true)]
    public partial string ProviderID { get; init; }

    [Field(4, "unschedulable", OmitEmpty = true)]
    public partial bool Unschedulable { get; init; }

    [Field(5, "taints", OmitEmpty = true, ListType = "atomic")]
    public partial ValueList<Taint> Taints { get; init; }

    [Field(6, "configSource", OmitEmpty = true)]
    public partial NodeConfigSource? ConfigSource { get; init; }

    [Field(2, "externalID", OmitEmpty = true)]
    public partial string DoNotUseExternalID { get; init; }
}

[ApiType("io.k8s.api.core.v1.NodeStatus")]
public sealed partial record NodeStatus
{
    [Field(1, "capacity", OmitEmpty = true)]
    public partial ValueMap<Quantity> Capacity { get; init; }

    [Field(2, "allocatable", OmitEmpty = true)]
    public partial ValueMap<Quantity> Allocatable { get; init; }

    [Field(3, "phase", OmitEmpty = true, EnumOf = typeof(NodePhase))]
    public partial string Phase { get; init; }

    [Field(4, "conditions", OmitEmpty = true, ListType = "map", ListMapKeys = ["type"], PatchStrategy = "merge",
        PatchMergeKey = "type")]
    public partial ValueList<NodeCondition> Conditions { get; init; }

    [Field(5, "addresses", OmitEmpty = true, ListType = "map", ListMapKeys = ["type"], PatchStrategy = "merge",
        PatchMergeKey = "type")]
    public partial ValueList<NodeAddress> Addresses { get; init; }

    [Field(6, "daemonEndpoints", OmitEmpty = true)]
    public partial NodeDaemonEndpoints DaemonEndpoints { get; init; }

    [Field(7, "nodeInfo", OmitEmpty = true)]
    public partial NodeSystemInfo NodeInfo { get; init; }

    [Field(8, "images", OmitEmpty = true, ListType = "atomic")]
    public partial ValueList<ContainerImage> Images { get; init; }

    [Field(9, "volumesInUse", OmitEmpty = true, ListType = "atomic")]
    public partial ValueList<string> VolumesInUse { get; init; }

    [Field(10, "volumesAttached", OmitEmpty = true, ListType = "atomic")]
    public partial ValueList<AttachedVolume> VolumesAttached { get; init; }

    [Field(11, "config", OmitEmpty = true)]
    public partial NodeConfigStatus? Config { get; init; }

    [Field(12, "runtimeHandlers", OmitEmpty = true, ListType = "atomic")]
    public partial ValueList<NodeRuntimeHandler> RuntimeHandlers { get; init; }

    [Field(13, "features", OmitEmpty = true)]
    public partial NodeFeatures? Features { get; init; }

    [Field(14, "declaredFeatures", OmitEmpty = true, ListType = "atomic")]
    public partial ValueList<string> DeclaredFeatures { get; init; }
}
