using Netes.Api.Meta;

namespace Netes.Api.Autoscaling.V1;

[ApiType("io.k8s.api.autoscaling.v1.ScaleStatus")]
public sealed partial record ScaleStatus
{
    [Field(1, "replicas", Required = true)]
    public partial int Replicas { get; init; }

    [Field(2, "selector", OmitEmpty = true)]
    public partial string Selector { get; init; }
}
