using Netes.Api.Meta;

namespace Netes.Api.Core;

/// <summary>Capabilities of a container.</summary>
[ApiType("io.k8s.api.core.v1.Capabilities")]
public sealed partial record Capabilities
{
    /// <summary>Those it gets.</summary>
    [Field(1, "add", OmitEmpty = true, ListType = "atomic")]
    public partial ValueList<string> Add { get; init; }

    /// <summary>Those it loses.</summary>
    [Field(2, "drop", OmitEmpty = true, ListType = "atomic")]
    public partial ValueList<string> Drop { get; init; }
}
