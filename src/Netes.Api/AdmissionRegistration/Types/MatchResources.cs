using Netes.Api.Meta;

namespace Netes.Api.AdmissionRegistration;

[ApiType("io.k8s.api.admissionregistration.v1.MatchResources")]
public sealed partial record MatchResources
{
    [Field(1, "namespaceSelector", OmitEmpty = true)]
    public partial LabelSelector? NamespaceSelector { get; init; }

    [Field(2, "objectSelector", OmitEmpty = true)]
    public partial LabelSelector? ObjectSelector { get; init; }

    [Field(3, "resourceRules", OmitEmpty = true, ListType = "atomic")]
    public partial ValueList<NamedRuleWithOperations> ResourceRules { get; init; }

    [Field(4, "excludeResourceRules", OmitEmpty = true, ListType = "atomic")]
    public partial ValueList<NamedRuleWithOperations> ExcludeResourceRules { get; init; }

    [Field(7, "matchPolicy", OmitEmpty = true, EnumOf = typeof(MatchPolicyType))]
    public partial string? MatchPolicy { get; init; }
}
