using Netes.Api.Meta;

namespace Netes.Api.Core;

[ApiType("io.k8s.api.core.v1.NodeConfigStatus")]
public sealed partial record NodeConfigStatus
{
    [Field(1, "assigned", OmitEmpty = true)]
    public partial NodeConfigSource? Assigned { get; init; }

    [Field(2, "active", OmitEmpty = true)]
    public partial NodeConfigSource? Active { get; init; }

    [Field(3, "lastKnownGood", OmitEmpty = true)]
    public partial NodeConfigSource? LastKnownGood { get; init; }

    [Field(4, "error", OmitEmpty = true)]
    public partial string Error { get; init; }
}
