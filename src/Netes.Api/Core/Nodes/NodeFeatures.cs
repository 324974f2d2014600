using Netes.Api.Meta;

namespace Netes.Api.Core;

[ApiType("io.k8s.api.core.v1.NodeFeatures")]
public sealed partial record NodeFeatures
{
    [Field(1, "supplementalGroupsPolicy", OmitEmpty = true)]
    public partial bool? SupplementalGroupsPolicy { get; init; }
}
