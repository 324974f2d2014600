using Netes.Api.Meta;

namespace Netes.Api.Autoscaling.V1;

[ApiType("io.k8s.api.autoscaling.v1.Scale")]
[ApiKind("autoscaling", "v1", "Scale")]
public sealed partial record Scale : IKubernetesObject
{
    [Field(1, "metadata", OmitEmpty = true)]
    public partial ObjectMeta Metadata { get; init; }

    [Field(2, "spec", OmitEmpty = true)]
    public partial ScaleSpec Spec { get; init; }

    [Field(3, "status", OmitEmpty = true)]
    public partial ScaleStatus Status { get; init; }
}
