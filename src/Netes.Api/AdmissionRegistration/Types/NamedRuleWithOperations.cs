using Netes.Api.Meta;

namespace Netes.Api.AdmissionRegistration;

[ApiType("io.k8s.api.admissionregistration.v1.NamedRuleWithOperations")]
public sealed partial record NamedRuleWithOperations
{
    [Field(1, "resourceNames", OmitEmpty = true, ListType = "atomic")]
    public partial ValueList<string> ResourceNames { get; init; }

    [Field(2, Inline = true)]
    public partial RuleWithOperations RuleWithOperations { get; init; }
}
