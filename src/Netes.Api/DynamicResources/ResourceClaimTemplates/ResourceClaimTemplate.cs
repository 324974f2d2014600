using Netes.Api.Meta;

namespace Netes.Api.DynamicResources;

[ApiType("io.k8s.api.resource.v1.ResourceClaimTemplate")]
[ApiKind("resource.k8s.io", "v1", "ResourceClaimTemplate")]
public sealed partial record ResourceClaimTemplate : IKubernetesObject
{
    [Field(1, "metadata", OmitEmpty = true)]
    public partial ObjectMeta Metadata { get; init; }

    [Field(2, "spec", Required = true)]
    public partial ResourceClaimTemplateSpec Spec { get; init; }
}

[ApiType("io.k8s.api.resource.v1.ResourceClaimTemplateList")]
[ApiKind("resource.k8s.io", "v1", "ResourceClaimTemplateList")]
public sealed partial record ResourceClaimTemplateList : IKubernetesList<ResourceClaimTemplate>
{
    [Field(1, "metadata", OmitEmpty = true)]
    public partial ListMeta Metadata { get; init; }

    [Field(2, "items", Required = true)]
    public partial ValueList<ResourceClaimTemplate> Items { get; init; }
}

[ApiType("io.k8s.api.resource.v1.ResourceClaimTemplateSpec")]
public sealed partial record ResourceClaimTemplateSpec
{
    [Field(1, "metadata", OmitEmpty = true)]
    public partial ObjectMeta Metadata { get; init; }

    [Field(2, "spec", Required = true)]
    public partial ResourceClaimSpec Spec { get; init; }
}
