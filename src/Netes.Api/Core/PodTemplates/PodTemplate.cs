using Netes.Api.Meta;

namespace Netes.Api.Core;

[ApiType("io.k8s.api.core.v1.PodTemplate")]
[ApiKind("", "v1", "PodTemplate")]
public sealed partial record PodTemplate : IKubernetesObject
{
    [Field(1, "metadata", OmitEmpty = true)]
    public partial ObjectMeta Metadata { get; init; }

    [Field(2, "template", OmitEmpty = true)]
    public partial PodTemplateSpec Template { get; init; }
}

[ApiType("io.k8s.api.core.v1.PodTemplateList")]
[ApiKind("", "v1", "PodTemplateList")]
public sealed partial record PodTemplateList : IKubernetesList<PodTemplate>
{
    [Field(1, "metadata", OmitEmpty = true)]
    public partial ListMeta Metadata { get; init; }

    [Field(2, "items", Required = true)]
    public partial ValueList<PodTemplate> Items { get; init; }
}
