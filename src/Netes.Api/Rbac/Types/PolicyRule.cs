using Netes.Api.Meta;

namespace Netes.Api.Rbac;

[ApiType("io.k8s.api.rbac.v1.PolicyRule")]
public sealed partial record PolicyRule
{
    [Field(1, "verbs", Required = true, ListType = "atomic")]
    public partial ValueList<string> Verbs { get; init; }

    [Field(2, "apiGroups", OmitEmpty = true, ListType = "atomic")]
    public partial ValueList<string> ApiGroups { get; init; }

    [Field(3, "resources", OmitEmpty = true, ListType = "atomic")]
    public partial ValueList<string> Resources { get; init; }

    [Field(4, "resourceNames", OmitEmpty = true, ListType = "atomic")]
    public partial ValueList<string> ResourceNames { get; init; }

    [Field(5, "nonResourceURLs", OmitEmpty = true, ListType = "atomic")]
    public partial ValueList<string> NonResourceURLs { get; init; }
}
