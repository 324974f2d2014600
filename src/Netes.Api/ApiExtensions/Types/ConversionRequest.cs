using Netes.Api.Meta;

namespace Netes.Api.ApiExtensions;

[ApiType("io.k8s.apiextensions-apiserver.pkg.apis.apiextensions.v1.ConversionRequest")]
public sealed partial record ConversionRequest
{
    [Field(1, "uid", Required = true)]
    public partial string Uid { get; init; }

    [Field(2, "desiredAPIVersion", Required = true)]
    public partial string DesiredAPIVersion { get; init; }

    [Field(3, "objects", Required = true, ListType = "atomic")]
    public partial ValueList<RawJson> Objects { get; init; }
}
