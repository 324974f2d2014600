using Netes.Api.Meta;

namespace Netes.Api.Autoscaling.V1;

[ApiType("io.k8s.api.autoscaling.v1.ScaleSpec")]
public sealed partial record ScaleSpec
{
    [Field(1, "replicas", OmitEmpty = true, Default = "0")]
    public partial int Replicas { get; init; }
}
