using Netes.Api.Meta;

namespace Netes.Api.Storage;

[ApiType("io.k8s.api.storage.v1.CSINode")]
[ApiKind("storage.k8s.io", "v1", "CSINode")]
public sealed partial record CSINode : IKubernetesObject
{
    /// <summary>What every object has: name, namespace, labels and so on.</summary>
    [Field(1, "metadata", OmitEmpty = true)]
    public partial ObjectMeta Metadata { get; init; }

    /// <summary>What is wanted.</summary>
    [Field(2, "spec", Required = true)]
    public partial CSINodeSpec Spec { get; init; }
}

/// <summary>A list of objects of kind CSINode.</summary>
[ApiType("io.k8s.api.storage.v1.CSINodeList")]
[ApiKind("storage.k8s.io", "v1", "CSINodeList")]
public sealed partial record CSINodeList : IKubernetesList<CSINode>
{
    /// <summary>The revision of the list, and where to go on.</summary>
    [Field(1, "metadata", OmitEmpty = true)]
    public partial ListMeta Metadata { get; init; }

    /// <summary>The objects.</summary>
    [Field(2, "items", Required = true)]
    public partial ValueList<CSINode> Items { get; init; }
}

[ApiType("io.k8s.api.storage.v1.CSINodeSpec")]
public sealed partial record CSINodeSpec
{
    [Field(1, "drivers", Required = true, ListType = "map", ListMapKeys = ["name"], PatchStrategy = "merge",
        PatchMergeKey = "name")]
    public partial ValueList<CSINodeDriver> Drivers { get; init; }
}

[ApiType("io.k8s.api.storage.v1.CSINodeDriver")]
public sealed partial record CSINodeDriver
{
    [Field(1, "name", Required = true)]
    public partial string Name { get; init; }

    [Field(2, "nodeID", Required = true)]
    public partial string NodeID { get; init; }

    [Field(3, "topologyKeys", ListType = "atomic")]
    public partial ValueList<string> TopologyKeys { get; init; }

    [Field(4, "allocatable", OmitEmpty = true)]
    public partial VolumeNodeResources? Allocatable { get; init; }
}

[ApiType("io.k8s.api.storage.v1.VolumeNodeResources")]
public sealed partial record VolumeNodeResources
{
    [Field(1, "count", OmitEmpty = true)]
    public partial int? Count { get; init; }
}
