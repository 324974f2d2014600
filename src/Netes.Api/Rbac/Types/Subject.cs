using Netes.Api.Core;
using Netes.Api.Meta;

namespace Netes.Api.Rbac;

[ApiType("io.k8s.api.rbac.v1.Subject")]
public sealed partial record Subject
{
    [Field(1, "kind", Required = true)]
    public partial string Kind { get; init; }

    [Field(2, "apiGroup", OmitEmpty = true)]
    public partial string ApiGroup { get; init; }

    [Field(3, "name", Required = true)]
    public partial string Name { get; init; }

    [Field(4, "namespace", OmitEmpty = true)]
    public partial string Namespace { get; init; }
}
