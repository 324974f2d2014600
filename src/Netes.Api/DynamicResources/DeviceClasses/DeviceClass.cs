using Netes.Api.Meta;

namespace Netes.Api.DynamicResources;

[ApiType("io.k8s.api.resource.v1.DeviceClass")]
[ApiKind("resource.k8s.io", "v1", "DeviceClass")]
public sealed partial record DeviceClass : IKubernetesObject
{
    /// <summary>What every object has: name, namespace, labels and so on.</summary>
    [Field(1, "metadata", OmitEmpty = true)]
    public partial ObjectMeta Metadata { get; init; }

    /// <summary>What is wanted.</summary>
    [Field(2, "spec", Required = true)]
    public partial DeviceClassSpec Spec { get; init; }
}

/// <summary>A list of objects of kind DeviceClass.</summary>
[ApiType("io.k8s.api.resource.v1.DeviceClassList")]
[ApiKind("resource.k8s.io", "v1", "DeviceClassList")]
public sealed partial record DeviceClassList : IKubernetesList<DeviceClass>
{
    /// <summary>The revision of the list, and where to go on.</summary>
    [Field(1, "metadata", OmitEmpty = true)]
    public partial ListMeta Metadata { get; init; }

    /// <summary>The objects.</summary>
    [Field(2, "items", Required = true)]
    public partial ValueList<DeviceClass> Items { get; init; }
}

[ApiType("io.k8s.api.resource.v1.DeviceClassSpec")]
public sealed partial record DeviceClassSpec
{
    [Field(1, "selectors", OmitEmpty = true, ListType = "atomic")]
    public partial ValueList<DeviceSelector> Selectors { get; init; }

    [Field(2, "config", OmitEmpty = true, ListType = "atomic")]
    public partial ValueList<DeviceClassConfiguration> Config { get; init; }

    [Field(4, "extendedResourceName", OmitEmpty = true)]
    public partial string? ExtendedResourceName { get; init; }
}

[ApiType("io.k8s.api.resource.v1.DeviceClassConfiguration")]
public sealed partial record DeviceClassConfiguration
{
    [Field(1, Inline = true)]
    public partial DeviceConfiguration DeviceConfiguration { get; init; }
}
