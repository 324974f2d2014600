using Netes.Api.Meta;

namespace Netes.Api.ApiExtensions;

[ApiType("io.k8s.apiextensions-apiserver.pkg.apis.apiextensions.v1.ConversionResponse")]
public sealed partial record ConversionResponse
{
    [Field(1, "uid", Required = true)]
    public partial string Uid { get; init; }

    [Field(2, "convertedObjects", Required = true, ListType = "atomic")]
    public partial ValueList<RawJson> ConvertedObjects { get; init; }

    [Field(3, "result", Required = true)]
    public partial Status Result { get; init; }
}
