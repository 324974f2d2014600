namespace Netes.Api.Meta;

[ApiType("io.k8s.apimachinery.pkg.apis.meta.v1.List")]
[ApiKind("", "v1", "List")]
public sealed partial record List : IKubernetesList<RawJson>
{
    [Field(1, "metadata", OmitEmpty = true)]
    public partial ListMeta Metadata { get; init; }

    [Field(2, "items", Required = true)]
    public partial ValueList<RawJson> Items { get; init; }
}
