using Netes.Api.Meta;
using Netes.Api.Rbac;

namespace Netes.Api.Core;

[ApiType("io.k8s.api.core.v1.SELinuxOptions")]
public sealed partial record SELinuxOptions
{
    [Field(1, "user", OmitEmpty = true)]
    public partial string User { get; init; }

    [Field(2, "role", OmitEmpty = true)]
    public partial string Role { get; init; }

    [Field(3, "type", OmitEmpty = true)]
    public partial string Type { get; init; }

    [Field(4, "level", OmitEmpty = true)]
    public partial string Level { get; init; }
}
