using Netes.Api.Meta;

namespace Netes.Api.ApiExtensions;

[ApiType("io.k8s.apiextensions-apiserver.pkg.apis.apiextensions.v1.ExternalDocumentation")]
public sealed partial record ExternalDocumentation
{
    [Field(1, "description", OmitEmpty = true)]
    public partial string Description { get; init; }

    [Field(2, "url", OmitEmpty = true)]
    public partial string URL { get; init; }
}
