using Netes.Api.Meta;

namespace Netes.Api.Core;

[ApiType("io.k8s.api.core.v1.PreferredSchedulingTerm")]
public sealed partial record PreferredSchedulingTerm
{
    [Field(1, "weight", Required = true)]
    public partial int Weight { get; init; }

    [Field(2, "preference", Required = true)]
    public partial NodeSelectorTerm Preference { get; init; }
}
