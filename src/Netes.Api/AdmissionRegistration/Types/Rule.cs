using Netes.Api.Meta;

namespace Netes.Api.AdmissionRegistration;

[ApiType("io.k8s.api.admissionregistration.v1.Rule")]
public sealed partial record Rule
{
    [Field(1, "apiGroups", OmitEmpty = true, ListType = "atomic")]
    public partial ValueList<string> ApiGroups { get; init; }

    [Field(2, "apiVersions", OmitEmpty = true, ListType = "atomic")]
    public partial ValueList<string> APIVersions { get; init; }

    [Field(3, "resources", OmitEmpty = true, ListType = "atomic")]
    public partial ValueList<string> Resources { get; init; }

    [Field(4, "scope", OmitEmpty = true, EnumOf = typeof(ScopeType))]
    public partial string? Scope { get; init; }
}
