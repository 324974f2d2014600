using Netes.Api.Meta;

namespace Netes.Api.AdmissionRegistration;

/// <summary>One aspect of an object's state.</summary>
[ApiType("io.k8s.api.admissionregistration.v1.MatchCondition")]
public sealed partial record MatchCondition
{
    [Field(1, "name", Required = true)]
    public partial string Name { get; init; }

    [Field(2, "expression", Required = true)]
    public partial string Expression { get; init; }
}
