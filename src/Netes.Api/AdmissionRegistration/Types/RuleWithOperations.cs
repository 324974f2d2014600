using Netes.Api.Meta;

namespace Netes.Api.AdmissionRegistration;

[ApiType("io.k8s.api.admissionregistration.v1.RuleWithOperations")]
public sealed partial record RuleWithOperations
{
    [Field(1, "operations", OmitEmpty = true, ListType = "atomic", EnumOf = typeof(OperationType))]
    public partial ValueList<string> Operations { get; init; }

    [Field(2, Inline = true)]
    public partial Rule Rule { get; init; }
}
