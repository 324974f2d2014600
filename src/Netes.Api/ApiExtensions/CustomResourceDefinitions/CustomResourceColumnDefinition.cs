using Netes.Api.Meta;

namespace Netes.Api.ApiExtensions;

[ApiType("io.k8s.apiextensions-apiserver.pkg.apis.apiextensions.v1.CustomResourceColumnDefinition")]
public sealed partial record CustomResourceColumnDefinition
{
    [Field(1, "name", Required = true)]
    public partial string Name { get; init; }

    [Field(2, "type", Required = true)]
    public partial string Type { get; init; }

    [Field(3, "format", OmitEmpty = true)]
    public partial string Format { get; init; }

    [Field(4, "description", OmitEmpty = true)]
    public partial string Description { get; init; }

    [Field(5, "priority", OmitEmpty = true)]
    public partial int Priority { get; init; }

    [Field(6, "jsonPath", Required = true)]
    public partial string JSONPath { get; init; }
}
