using Netes.Api.Meta;

namespace Netes.Api.ApiExtensions;

[ApiType("io.k8s.apiextensions-apiserver.pkg.apis.apiextensions.v1.CustomResourceValidation")]
public sealed partial record CustomResourceValidation
{
    [Field(1, "openAPIV3Schema", OmitEmpty = true)]
    public partial JsonSchemaProps? OpenAPIV3Schema { get; init; }
}
