namespace Netes.Api.Meta;

[ApiType("io.k8s.apimachinery.pkg.apis.meta.v1.APIResource")]
public sealed partial record APIResource
{
    [Field(1, "name", Required = true)]
    public partial string Name { get; init; }

    [Field(6, "singularName", Required = true)]
    public partial string SingularName { get; init; }

    [Field(2, "namespaced", Required = true)]
    public partial bool Namespaced { get; init; }

    [Field(8, "group", OmitEmpty = true)]
    public partial string Group { get; init; }

    [Field(9, "version", OmitEmpty = true)]
    public partial string Version { get; init; }

    [Field(3, "kind", Required = true)]
    public partial string Kind { get; init; }

    [Field(4, "verbs", Required = true, Wrapped = true)]
    public partial ValueList<string> Verbs { get; init; }

    [Field(5, "shortNames", OmitEmpty = true, ListType = "atomic")]
    public partial ValueList<string> ShortNames { get; init; }

    [Field(7, "categories", OmitEmpty = true, ListType = "atomic")]
    public partial ValueList<string> Categories { get; init; }

    [Field(10, "storageVersionHash", OmitEmpty = true)]
    public partial string StorageVersionHash { get; init; }
}
