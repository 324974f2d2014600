using Netes.Api.Meta;

namespace Netes.Api.Autoscaling.V1;

[ApiType("io.k8s.api.autoscaling.v1.Scale")]
[ApiKind("autoscaling", "v1", "Scale")]
public sealed partial record Scale : IKubernetesObject
{
    /// <summary>What every object has: name, namespace, labels and so on.</summary>
    [Field(1, "metadata", OmitEmpty = true)]
    public partial ObjectMeta Metadata { get; init; }

    /// <summary>What is wanted.</summary>
    [Field(2, "spec", OmitEmpty = true)]
    public partial ScaleSpec Spec { get; init; }

    /// <summary>What is; written by the system.</summary>
    [Field(3, "status", OmitEmpty = true)]
    public partial ScaleStatus Status { get; init; }
}
