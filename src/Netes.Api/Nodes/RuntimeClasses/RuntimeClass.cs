using Netes.Api.Core;
using Netes.Api.Meta;

namespace Netes.Api.Nodes;

[ApiType("io.k8s.api.node.v1.RuntimeClass")]
[ApiKind("node.k8s.io", "v1", "RuntimeClass")]
public sealed partial record RuntimeClass : IKubernetesObject
{
    /// <summary>What every object has: name, namespace, labels and so on.</summary>
    [Field(1, "metadata", OmitEmpty = true)]
    public partial ObjectMeta Metadata { get; init; }

    [Field(2, "handler", Required = true)]
    public partial string Handler { get; init; }

    [Field(3, "overhead", OmitEmpty = true)]
    public partial Overhead? Overhead { get; init; }

    [Field(4, "scheduling", OmitEmpty = true)]
    public partial Scheduling? Scheduling { get; init; }
}

/// <summary>A list of objects of kind RuntimeClass.</summary>
[ApiType("io.k8s.api.node.v1.RuntimeClassList")]
[ApiKind("node.k8s.io", "v1", "RuntimeClassList")]
public sealed partial record RuntimeClassList : IKubernetesList<RuntimeClass>
{
    /// <summary>The revision of the list, and where to go on.</summary>
    [Field(1, "metadata", OmitEmpty = true)]
    public partial ListMeta Metadata { get; init; }

    /// <summary>The objects.</summary>
    [Field(2, "items", Required = true)]
    public partial ValueList<RuntimeClass> Items { get; init; }
}

[ApiType("io.k8s.api.node.v1.Overhead")]
public sealed partial record Overhead
{
    [Field(1, "podFixed", OmitEmpty = true)]
    public partial ValueMap<Quantity> PodFixed { get; init; }
}

[ApiType("io.k8s.api.node.v1.Scheduling")]
public sealed partial record Scheduling
{
    [Field(1, "nodeSelector", OmitEmpty = true, MapType = "atomic")]
    public partial ValueMap<string> NodeSelector { get; init; }

    [Field(2, "tolerations", OmitEmpty = true, ListType = "atomic")]
    public partial ValueList<Toleration> Tolerations { get; init; }
}
