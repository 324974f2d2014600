using Netes.Api.Meta;

namespace Netes.Api.Apps;

[ApiType("io.k8s.api.apps.v1.ControllerRevision")]
[ApiKind("apps", "v1", "ControllerRevision")]
public sealed partial record ControllerRevision : IKubernetesObject
{
    /// <summary>What every object has: name, namespace, labels and so on.</summary>
    [Field(1, "metadata", OmitEmpty = true)]
    public partial ObjectMeta Metadata { get; init; }

    [Field(2, "data")]
    public partial RawJson? Data { get; init; }

    [Field(3, "revision", Required = true)]
    public partial long Revision { get; init; }
}

/// <summary>A list of objects of kind ControllerRevision.</summary>
[ApiType("io.k8s.api.apps.v1.ControllerRevisionList")]
[ApiKind("apps", "v1", "ControllerRevisionList")]
public sealed partial record ControllerRevisionList : IKubernetesList<ControllerRevision>
{
    /// <summary>The revision of the list, and where to go on.</summary>
    [Field(1, "metadata", OmitEmpty = true)]
    public partial ListMeta Metadata { get; init; }

    /// <summary>The objects.</summary>
    [Field(2, "items", Required = true)]
    public partial ValueList<ControllerRevision> Items { get; init; }
}
