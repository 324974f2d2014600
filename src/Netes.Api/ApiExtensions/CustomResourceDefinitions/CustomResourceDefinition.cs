using Netes.Api.Meta;

namespace Netes.Api.ApiExtensions;

[ApiType("io.k8s.apiextensions-apiserver.pkg.apis.apiextensions.v1.CustomResourceDefinition")]
[ApiKind("apiextensions.k8s.io", "v1", "CustomResourceDefinition")]
public sealed partial record CustomResourceDefinition : IKubernetesObject
{
    [Field(1, "metadata", OmitEmpty = true)]
    public partial ObjectMeta Metadata { get; init; }

    [Field(2, "spec", Required = true)]
    public partial CustomResourceDefinitionSpec Spec { get; init; }

    [Field(3, "status", OmitEmpty = true)]
    public partial CustomResourceDefinitionStatus Status { get; init; }
}

[ApiType("io.k8s.apiextensions-apiserver.pkg.apis.apiextensions.v1.CustomResourceDefinitionList")]
[ApiKind("apiextensions.k8s.io", "v1", "CustomResourceDefinitionList")]
public sealed partial record CustomResourceDefinitionList : IKubernetesList<CustomResourceDefinition>
{
    [Field(1, "metadata", OmitEmpty = true)]
    public partial ListMeta Metadata { get; init; }

    [Field(2, "items", Required = true)]
    public partial ValueList<CustomResourceDefinition> Items { get; init; }
}

[ApiType("io.k8s.apiextensions-apiserver.pkg.apis.apiextensions.v1.CustomResourceDefinitionSpec")]
public sealed partial record CustomResourceDefinitionSpec
{
    [Field(1, "group", Required = true)]
    public partial string Group { get; init; }

    [Field(3, "names", Required = true)]
    public partial CustomResourceDefinitionNames Names { get; init; }

    [Field(4, "scope", Required = true, EnumOf = typeof(ResourceScope))]
    public partial string Scope { get; init; }

    [Field(7, "versions", Required = true, ListType = "atomic")]
    public partial ValueList<CustomResourceDefinitionVersion> Versions { get; init; }

    [Field(9, "conversion", OmitEmpty = true)]
    public partial CustomResourceConversion? Conversion { get; init; }

    [Field(10, "preserveUnknownFields", OmitEmpty = true)]
    public partial bool PreserveUnknownFields { get; init; }
}

[ApiType("io.k8s.apiextensions-apiserver.pkg.apis.apiextensions.v1.CustomResourceDefinitionStatus")]
public sealed partial record CustomResourceDefinitionStatus
{
    [Field(1, "conditions", ListType = "map", ListMapKeys = ["type"])]
    public partial ValueList<CustomResourceDefinitionCondition> Conditions { get; init; }

    [Field(2, "acceptedNames")]
    public partial CustomResourceDefinitionNames AcceptedNames { get; init; }

    [Field(3, "storedVersions", ListType = "atomic")]
    public partial ValueList<string> StoredVersions { get; init; }

    [Field(4, "observedGeneration", OmitEmpty = true)]
    public partial long ObservedGeneration { get; init; }
}
