using Netes.Api.Meta;

namespace Netes.Api.Core;

[ApiType("io.k8s.api.core.v1.PodStatusResult")]
[ApiKind("", "v1", "PodStatusResult")]
public sealed partial record PodStatusResult : IKubernetesObject
{
    /// <summary>What every object has: name, namespace, labels and so on.</summary>
    [Field(1, "metadata", OmitEmpty = true)]
    public partial ObjectMeta Metadata { get; init; }

    /// <summary>What is; written by the system.</summary>
    [Field(2, "status", OmitEmpty = true)]
    public partial PodStatus Status { get; init; }
}
