using Netes.Api.Meta;

namespace Netes.Api.ApiExtensions;

[ApiType("io.k8s.apiextensions-apiserver.pkg.apis.apiextensions.v1.CustomResourceDefinitionVersion")]
public sealed partial record CustomResourceDefinitionVersion
{
    [Field(1, "name", Required = true)]
    public partial string Name { get; init; }

    [Field(2, "served", Required = true)]
    public partial bool Served { get; init; }

    [Field(3, "storage", Required = true)]
    public partial bool Storage { get; init; }

    [Field(7, "deprecated", OmitEmpty = true)]
    public partial bool Deprecated { get; init; }

    [Field(8, "deprecationWarning", OmitEmpty = true)]
    public partial string? DeprecationWarning { get; init; }

    [Field(4, "schema", OmitEmpty = true)]
    public partial CustomResourceValidation? Schema { get; init; }

    [Field(5, "subresources", OmitEmpty = true)]
    public partial CustomResourceSubresources? Subresources { get; init; }

    [Field(6, "additionalPrinterColumns", OmitEmpty = true, ListType = "atomic")]
    public partial ValueList<CustomResourceColumnDefinition> AdditionalPrinterColumns { get; init; }

    [Field(9, "selectableFields", OmitEmpty = true, ListType = "atomic")]
    public partial ValueList<SelectableField> SelectableFields { get; init; }
}
