using Netes.Api.Meta;

namespace Netes.Api.Core;

[ApiType("io.k8s.api.core.v1.ExecAction")]
public sealed partial record ExecAction
{
    [Field(1, "command", OmitEmpty = true, ListType = "atomic")]
    public partial ValueList<string> Command { get; init; }
}
