using Netes.Api.Meta;

namespace Netes.Api.ApiExtensions;

/// <summary>A kind that users add to the API.</summary>
[ApiType("io.k8s.apiextensions-apiserver.pkg.apis.apiextensions.v1.CustomResourceDefinition")]
[ApiKind("apiextensions.k8s.io", "v1", "CustomResourceDefinition")]
public sealed partial record CustomResourceDefinition : IKubernetesObject
{
    /// <summary>What every object has: name, namespace, labels and so on.</summary>
    [Field(1, "metadata", OmitEmpty = true)]
    public partial ObjectMeta Metadata { get; init; }

    /// <summary>What is wanted.</summary>
    [Field(2, "spec", Required = true)]
    public partial CustomResourceDefinitionSpec Spec { get; init; }

    /// <summary>What is; written by the system.</summary>
    [Field(3, "status", OmitEmpty = true)]
    public partial CustomResourceDefinitionStatus Status { get; init; }
}

/// <summary>A list of objects of kind CustomResourceDefinition.</summary>
[ApiType("io.k8s.apiextensions-apiserver.pkg.apis.apiextensions.v1.CustomResourceDefinitionList")]
[ApiKind("apiextensions.k8s.io", "v1", "CustomResourceDefinitionList")]
public sealed partial record CustomResourceDefinitionList : IKubernetesList<CustomResourceDefinition>
{
    /// <summary>The revision of the list, and where to go on.</summary>
    [Field(1, "metadata", OmitEmpty = true)]
    public partial ListMeta Metadata { get; init; }

    /// <summary>The objects.</summary>
    [Field(2, "items", Required = true)]
    public partial ValueList<CustomResourceDefinition> Items { get; init; }
}

/// <summary>What the new kind is.</summary>
[ApiType("io.k8s.apiextensions-apiserver.pkg.apis.apiextensions.v1.CustomResourceDefinitionSpec")]
public sealed partial record CustomResourceDefinitionSpec
{
    /// <summary>The group of the API.</summary>
    [Field(1, "group", Required = true)]
    public partial string Group { get; init; }

    /// <summary>What the kind is called.</summary>
    [Field(3, "names", Required = true)]
    public partial CustomResourceDefinitionNames Names { get; init; }

    /// <summary>Namespaced or Cluster.</summary>
    [Field(4, "scope", Required = true, EnumOf = typeof(ResourceScope))]
    public partial string Scope { get; init; }

    /// <summary>The versions it is served in.</summary>
    [Field(7, "versions", Required = true, ListType = "atomic")]
    public partial ValueList<CustomResourceDefinitionVersion> Versions { get; init; }

    /// <summary>How versions are turned into each other.</summary>
    [Field(9, "conversion", OmitEmpty = true)]
    public partial CustomResourceConversion? Conversion { get; init; }

    /// <summary>Deprecated: must be false.</summary>
    [Field(10, "preserveUnknownFields", OmitEmpty = true)]
    public partial bool PreserveUnknownFields { get; init; }
}

[ApiType("io.k8s.apiextensions-apiserver.pkg.apis.apiextensions.v1.CustomResourceDefinitionStatus")]
public sealed partial record CustomResourceDefinitionStatus
{
    /// <summary>Aspects of the state.</summary>
    [Field(1, "conditions", ListType = "map", ListMapKeys = ["type"])]
    public partial ValueList<CustomResourceDefinitionCondition> Conditions { get; init; }

    [Field(2, "acceptedNames")]
    public partial CustomResourceDefinitionNames AcceptedNames { get; init; }

    [Field(3, "storedVersions", ListType = "atomic")]
    public partial ValueList<string> StoredVersions { get; init; }

    [Field(4, "observedGeneration", OmitEmpty = true)]
    public partial long ObservedGeneration { get; init; }
}
