using Netes.Api.Meta;

namespace Netes.Api.Admission;

[ApiType("io.k8s.api.admission.v1.AdmissionReview")]
[ApiKind("admission.k8s.io", "v1", "AdmissionReview")]
public sealed partial record AdmissionReview
{
    [Field(1, "request", OmitEmpty = true)]
    public partial AdmissionRequest? Request { get; init; }

    [Field(2, "response", OmitEmpty = true)]
    public partial AdmissionResponse? Response { get; init; }
}
