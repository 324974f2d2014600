namespace Netes.Api.Meta;

[ApiType("io.k8s.apimachinery.pkg.apis.meta.v1.PartialObjectMetadata")]
[ApiKind("", "v1", "PartialObjectMetadata")]
public sealed partial record PartialObjectMetadata : IKubernetesObject
{
    /// <summary>What every object has: name, namespace, labels and so on.</summary>
    [Field(1, "metadata", OmitEmpty = true)]
    public partial ObjectMeta Metadata { get; init; }
}
