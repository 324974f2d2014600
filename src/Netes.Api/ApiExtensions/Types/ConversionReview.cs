using Netes.Api.Meta;

namespace Netes.Api.ApiExtensions;

[ApiType("io.k8s.apiextensions-apiserver.pkg.apis.apiextensions.v1.ConversionReview")]
[ApiKind("apiextensions.k8s.io", "v1", "ConversionReview")]
public sealed partial record ConversionReview
{
    [Field(1, "request", OmitEmpty = true)]
    public partial ConversionRequest? Request { get; init; }

    [Field(2, "response", OmitEmpty = true)]
    public partial ConversionResponse? Response { get; init; }
}
