using Netes.Api.Meta;

namespace Netes.Api.ApiExtensions;

[ApiType("io.k8s.apiextensions-apiserver.pkg.apis.apiextensions.v1.CustomResourceConversion")]
public sealed partial record CustomResourceConversion
{
    [Field(1, "strategy", Required = true, EnumOf = typeof(ConversionStrategyType))]
    public partial string Strategy { get; init; }

    [Field(2, "webhook", OmitEmpty = true)]
    public partial WebhookConversion? Webhook { get; init; }
}
