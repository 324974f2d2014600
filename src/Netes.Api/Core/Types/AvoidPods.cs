using Netes.Api.Meta;

namespace Netes.Api.Core;

[ApiType("io.k8s.api.core.v1.AvoidPods")]
public sealed partial record AvoidPods
{
    [Field(1, "preferAvoidPods", OmitEmpty = true, ListType = "atomic")]
    public partial ValueList<PreferAvoidPodsEntry> PreferAvoidPods { get; init; }
}
