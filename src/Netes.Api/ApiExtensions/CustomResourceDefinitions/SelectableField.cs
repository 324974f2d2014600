using Netes.Api.Meta;

namespace Netes.Api.ApiExtensions;

[ApiType("io.k8s.apiextensions-apiserver.pkg.apis.apiextensions.v1.SelectableField")]
public sealed partial record SelectableField
{
    [Field(1, "jsonPath", Required = true)]
    public partial string JSONPath { get; init; }
}
