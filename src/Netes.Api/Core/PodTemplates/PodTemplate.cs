using Netes.Api.Meta;

namespace Netes.Api.Core;

[ApiType("io.k8s.api.core.v1.PodTemplate")]
[ApiKind("", "v1", "PodTemplate")]
public sealed partial record PodTemplate : IKubernetesObject
{
    /// <summary>What every object has: name, namespace, labels and so on.</summary>
    [Field(1, "metadata", OmitEmpty = true)]
    public partial ObjectMeta Metadata { get; init; }

    [Field(2, "template", OmitEmpty = true)]
    public partial PodTemplateSpec Template { get; init; }
}

/// <summary>A list of objects of kind PodTemplate.</summary>
[ApiType("io.k8s.api.core.v1.PodTemplateList")]
[ApiKind("", "v1", "PodTemplateList")]
public sealed partial record PodTemplateList : IKubernetesList<PodTemplate>
{
    /// <summary>The revision of the list, and where to go on.</summary>
    [Field(1, "metadata", OmitEmpty = true)]
    public partial ListMeta Metadata { get; init; }

    /// <summary>The objects.</summary>
    [Field(2, "items", Required = true)]
    public partial ValueList<PodTemplate> Items { get; init; }
}
