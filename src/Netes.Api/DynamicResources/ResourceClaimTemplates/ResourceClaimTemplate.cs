using Netes.Api.Meta;

namespace Netes.Api.DynamicResources;

[ApiType("io.k8s.api.resource.v1.ResourceClaimTemplate")]
[ApiKind("resource.k8s.io", "v1", "ResourceClaimTemplate")]
public sealed partial record ResourceClaimTemplate : IKubernetesObject
{
    /// <summary>What every object has: name, namespace, labels and so on.</summary>
    [Field(1, "metadata", OmitEmpty = true)]
    public partial ObjectMeta Metadata { get; init; }

    /// <summary>What is wanted.</summary>
    [Field(2, "spec", Required = true)]
    public partial ResourceClaimTemplateSpec Spec { get; init; }
}

/// <summary>A list of objects of kind ResourceClaimTemplate.</summary>
[ApiType("io.k8s.api.resource.v1.ResourceClaimTemplateList")]
[ApiKind("resource.k8s.io", "v1", "ResourceClaimTemplateList")]
public sealed partial record ResourceClaimTemplateList : IKubernetesList<ResourceClaimTemplate>
{
    /// <summary>The revision of the list, and where to go on.</summary>
    [Field(1, "metadata", OmitEmpty = true)]
    public partial ListMeta Metadata { get; init; }

    /// <summary>The objects.</summary>
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
