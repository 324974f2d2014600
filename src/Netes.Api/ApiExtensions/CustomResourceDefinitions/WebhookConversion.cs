using Netes.Api.Meta;

namespace Netes.Api.ApiExtensions;

[ApiType("io.k8s.apiextensions-apiserver.pkg.apis.apiextensions.v1.WebhookConversion")]
public sealed partial record WebhookConversion
{
    [Field(2, "clientConfig", OmitEmpty = true)]
    public partial WebhookClientConfig? ClientConfig { get; init; }

    [Field(3, "conversionReviewVersions", Required = true, ListType = "atomic")]
    public partial ValueList<string> ConversionReviewVersions { get; init; }
}
