using Netes.Api.Meta;

namespace Netes.Api.Rbac;

[ApiType("io.k8s.api.rbac.v1.RoleRef")]
public sealed partial record RoleRef
{
    [Field(1, "apiGroup")]
    public partial string ApiGroup { get; init; }

    [Field(2, "kind", Required = true)]
    public partial string Kind { get; init; }

    [Field(3, "name", Required = true)]
    public partial string Name { get; init; }
}
