using Netes.Api.Meta;

namespace Netes.Api.AdmissionRegistration;

[ApiType("io.k8s.api.admissionregistration.v1.ParamKind")]
public sealed partial record ParamKind
{
    [Field(1, "apiVersion", OmitEmpty = true)]
    public partial string ApiVersion { get; init; }

    [Field(2, "kind", OmitEmpty = true)]
    public partial string Kind { get; init; }
}
