using Netes.Api.Meta;

namespace Netes.Api.Core;

/// <summary>A machine that runs pods.</summary>
[ApiType("io.k8s.api.core.v1.Node")]
[ApiKind("", "v1", "Node")]
public sealed partial record Node : IKubernetesObject
{
    /// <summary>What every object has: name, namespace, labels and so on.</summary>
    [Field(1, "metadata", OmitEmpty = true)]
    public partial ObjectMeta Metadata { get; init; }

    /// <summary>What is wanted.</summary>
    [Field(2, "spec", OmitEmpty = true)]
    public partial NodeSpec Spec { get; init; }

    /// <summary>What is; written by the system.</summary>
    [Field(3, "status", OmitEmpty = true)]
    public partial NodeStatus Status { get; init; }
}

/// <summary>A list of objects of kind Node.</summary>
[ApiType("io.k8s.api.core.v1.NodeList")]
[ApiKind("", "v1", "NodeList")]
public sealed partial record NodeList : IKubernetesList<Node>
{
    /// <summary>The revision of the list, and where to go on.</summary>
    [Field(1, "metadata", OmitEmpty = true)]
    public partial ListMeta Metadata { get; init; }

    /// <summary>The objects.</summary>
    [Field(2, "items", Required = true)]
    public partial ValueList<Node> Items { get; init; }
}

/// <summary>Settings of a node.</summary>
[ApiType("io.k8s.api.core.v1.NodeSpec")]
public sealed partial record NodeSpec
{
    /// <summary>The range from which its pods get addresses.</summary>
    [Field(1, "podCIDR", OmitEmpty = true)]
    public partial string PodCIDR { get; init; }

    /// <summary>The ranges from which its pods get addresses, one of each family.</summary>
    [Field(7, "podCIDRs", OmitEmpty = true, ListType = "set", PatchStrategy = "merge")]
    public partial ValueList<string> PodCIDRs { get; init; }

    /// <summary>What the cloud calls the machine.</summary>
    [Field(3, "providerID", OmitEmpty = true)]
    public partial string ProviderID { get; init; }

    /// <summary>True keeps new pods away.</summary>
    [Field(4, "unschedulable", OmitEmpty = true)]
    public partial bool Unschedulable { get; init; }

    /// <summary>Marks that keep away pods that do not put up with them.</summary>
    [Field(5, "taints", OmitEmpty = true, ListType = "atomic")]
    public partial ValueList<Taint> Taints { get; init; }

    /// <summary>Deprecated: no longer used.</summary>
    [Field(6, "configSource", OmitEmpty = true)]
    public partial NodeConfigSource? ConfigSource { get; init; }

    [Field(2, "externalID", OmitEmpty = true)]
    public partial string DoNotUseExternalID { get; init; }
}

/// <summary>The state of a node, as its agent reports it.</summary>
[ApiType("io.k8s.api.core.v1.NodeStatus")]
public sealed partial record NodeStatus
{
    /// <summary>What the machine has.</summary>
    [Field(1, "capacity", OmitEmpty = true)]
    public partial ValueMap<Quantity> Capacity { get; init; }

    /// <summary>What pods may use of it.</summary>
    [Field(2, "allocatable", OmitEmpty = true)]
    public partial ValueMap<Quantity> Allocatable { get; init; }

    /// <summary>Deprecated: no longer used.</summary>
    [Field(3, "phase", OmitEmpty = true, EnumOf = typeof(NodePhase))]
    public partial string Phase { get; init; }

    /// <summary>Aspects of the state, such as Ready and MemoryPressure.</summary>
    [Field(4, "conditions", OmitEmpty = true, ListType = "map", ListMapKeys = ["type"], PatchStrategy = "merge",
        PatchMergeKey = "type")]
    public partial ValueList<NodeCondition> Conditions { get; init; }

    /// <summary>Addresses and names of the machine.</summary>
    [Field(5, "addresses", OmitEmpty = true, ListType = "map", ListMapKeys = ["type"], PatchStrategy = "merge",
        PatchMergeKey = "type")]
    public partial ValueList<NodeAddress> Addresses { get; init; }

    /// <summary>Where its agent listens.</summary>
    [Field(6, "daemonEndpoints", OmitEmpty = true)]
    public partial NodeDaemonEndpoints DaemonEndpoints { get; init; }

    /// <summary>Versions and identities of the machine.</summary>
    [Field(7, "nodeInfo", OmitEmpty = true)]
    public partial NodeSystemInfo NodeInfo { get; init; }

    /// <summary>Images that are on the machine.</summary>
    [Field(8, "images", OmitEmpty = true, ListType = "atomic")]
    public partial ValueList<ContainerImage> Images { get; init; }

    /// <summary>Volumes that are attached and mounted.</summary>
    [Field(9, "volumesInUse", OmitEmpty = true, ListType = "atomic")]
    public partial ValueList<string> VolumesInUse { get; init; }

    /// <summary>Volumes that are attached.</summary>
    [Field(10, "volumesAttached", OmitEmpty = true, ListType = "atomic")]
    public partial ValueList<AttachedVolume> VolumesAttached { get; init; }

    [Field(11, "config", OmitEmpty = true)]
    public partial NodeConfigStatus? Config { get; init; }

    /// <summary>Runtimes the machine offers.</summary>
    [Field(12, "runtimeHandlers", OmitEmpty = true, ListType = "atomic")]
    public partial ValueList<NodeRuntimeHandler> RuntimeHandlers { get; init; }

    [Field(13, "features", OmitEmpty = true)]
    public partial NodeFeatures? Features { get; init; }

    [Field(14, "declaredFeatures", OmitEmpty = true, ListType = "atomic")]
    public partial ValueList<string> DeclaredFeatures { get; init; }
}
