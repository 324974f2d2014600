namespace Netes.Api.Meta;

/// <summary>A list of objects of kind .</summary>
[ApiType("io.k8s.apimachinery.pkg.apis.meta.v1.List")]
[ApiKind("", "v1", "List")]
public sealed partial record List : IKubernetesList<RawJson>
{
    /// <summary>The revision of the list, and where to go on.</summary>
    [Field(1, "metadata", OmitEmpty = true)]
    public partial ListMeta Metadata { get; init; }

    /// <summary>The objects.</summary>
    [Field(2, "items", Required = true)]
    public partial ValueList<RawJson> Items { get; init; }
}
