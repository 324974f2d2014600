using Netes.Api.Meta;

namespace Netes.Api.Rbac;

/// <summary>A role.</summary>
[ApiType("io.k8s.api.rbac.v1.RoleRef")]
public sealed partial record RoleRef
{
    /// <summary>The group of the role.</summary>
    [Field(1, "apiGroup")]
    public partial string ApiGroup { get; init; }

    /// <summary>Role or ClusterRole.</summary>
    [Field(2, "kind", Required = true)]
    public partial string Kind { get; init; }

    /// <summary>The name of the role.</summary>
    [Field(3, "name", Required = true)]
    public partial string Name { get; init; }
}
