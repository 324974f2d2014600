namespace Netes.Api.Meta;

[ApiType("io.k8s.apimachinery.pkg.apis.meta.v1.PartialObjectMetadataList")]
[ApiKind("", "v1", "PartialObjectMetadataList")]
public sealed partial record PartialObjectMetadataList : IKubernetesList<PartialObjectMetadata>
{
    [Field(1, "metadata", OmitEmpty = true)]
    public partial ListMeta Metadata { get; init; }

    [Field(2, "items", Required = true)]
    public partial ValueList<PartialObjectMetadata> Items { get; init; }
}
