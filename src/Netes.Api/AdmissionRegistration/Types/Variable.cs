using Netes.Api.Meta;

namespace Netes.Api.AdmissionRegistration;

[ApiType("io.k8s.api.admissionregistration.v1.Variable")]
public sealed partial record Variable
{
    [Field(1, "name", Required = true)]
    public partial string Name { get; init; }

    [Field(2, "expression", Required = true)]
    public partial string Expression { get; init; }
}
