using Netes.Api.Meta;

namespace Netes.Api.Rbac;

/// <summary>What may be done to which resources or paths.</summary>
[ApiType("io.k8s.api.rbac.v1.PolicyRule")]
public sealed partial record PolicyRule
{
    /// <summary>What may be done, such as get and list; * is everything.</summary>
    [Field(1, "verbs", Required = true, ListType = "atomic")]
    public partial ValueList<string> Verbs { get; init; }

    /// <summary>The groups of the resources.</summary>
    [Field(2, "apiGroups", OmitEmpty = true, ListType = "atomic")]
    public partial ValueList<string> ApiGroups { get; init; }

    /// <summary>The resources, in plural; * is all of them.</summary>
    [Field(3, "resources", OmitEmpty = true, ListType = "atomic")]
    public partial ValueList<string> Resources { get; init; }

    /// <summary>The only objects it is for; empty is all of them.</summary>
    [Field(4, "resourceNames", OmitEmpty = true, ListType = "atomic")]
    public partial ValueList<string> ResourceNames { get; init; }

    /// <summary>Paths that are not resources.</summary>
    [Field(5, "nonResourceURLs", OmitEmpty = true, ListType = "atomic")]
    public partial ValueList<string> NonResourceURLs { get; init; }
}
