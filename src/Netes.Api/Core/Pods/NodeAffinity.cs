using Netes.Api.Meta;

namespace Netes.Api.Core;

[ApiType("io.k8s.api.core.v1.NodeAffinity")]
public sealed partial record NodeAffinity
{
    [Field(1, "requiredDuringSchedulingIgnoredDuringExecution", OmitEmpty = true)]
    public partial NodeSelector? RequiredDuringSchedulingIgnoredDuringExecution { get; init; }

    [Field(2, "preferredDuringSchedulingIgnoredDuringExecution", OmitEmpty = true, ListType = "atomic")]
    public partial ValueList<PreferredSchedulingTerm> PreferredDuringSchedulingIgnoredDuringExecution { get; init; }
}
