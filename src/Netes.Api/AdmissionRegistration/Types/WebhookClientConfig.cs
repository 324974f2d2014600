using Netes.Api.Core;
using Netes.Api.Meta;

namespace Netes.Api.AdmissionRegistration;

[ApiType("io.k8s.api.admissionregistration.v1.WebhookClientConfig")]
public sealed partial record WebhookClientConfig
{
    [Field(3, "url", OmitEmpty = true)]
    public partial string? URL { get; init; }

    [Field(1, "service", OmitEmpty = true)]
    public partial ServiceReference? Service { get; init; }

    [Field(2, "caBundle", OmitEmpty = true)]
    public partial ByteString CABundle { get; init; }
}
