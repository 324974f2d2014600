using Netes.Api.Meta;

namespace Netes.Api.Core;

/// <summary>A command in a container.</summary>
[ApiType("io.k8s.api.core.v1.ExecAction")]
public sealed partial record ExecAction
{
    /// <summary>The program and its arguments; no shell is involved.</summary>
    [Field(1, "command", OmitEmpty = true, ListType = "atomic")]
    public partial ValueList<string> Command { get; init; }
}
