namespace Netes.Api.Meta;

/// <summary>A list of objects of kind PartialObjectMetadata.</summary>
[ApiType("io.k8s.apimachinery.pkg.apis.meta.v1.PartialObjectMetadataList")]
[ApiKind("", "v1", "PartialObjectMetadataList")]
public sealed partial record PartialObjectMetadataList : IKubernetesList<PartialObjectMetadata>
{
    /// <summary>The revision of the list, and where to go on.</summary>
    [Field(1, "metadata", OmitEmpty = true)]
    public partial ListMeta Metadata { get; init; }

    /// <summary>The objects.</summary>
    [Field(2, "items", Required = true)]
    public partial ValueList<PartialObjectMetadata> Items { get; init; }
}
