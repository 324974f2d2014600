using Netes.Api.Meta;

namespace Netes.Api.ApiExtensions;

[ApiType("io.k8s.apiextensions-apiserver.pkg.apis.apiextensions.v1.CustomResourceDefinitionNames")]
public sealed partial record CustomResourceDefinitionNames
{
    [Field(1, "plural", Required = true)]
    public partial string Plural { get; init; }

    [Field(2, "singular", OmitEmpty = true)]
    public partial string Singular { get; init; }

    [Field(3, "shortNames", OmitEmpty = true, ListType = "atomic")]
    public partial ValueList<string> ShortNames { get; init; }

    [Field(4, "kind", Required = true)]
    public partial string Kind { get; init; }

    [Field(5, "listKind", OmitEmpty = true)]
    public partial string ListKind { get; init; }

    [Field(6, "categories", OmitEmpty = true, ListType = "atomic")]
    public partial ValueList<string> Categories { get; init; }
}
