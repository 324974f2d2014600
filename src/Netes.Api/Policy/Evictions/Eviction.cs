using Netes.Api.Meta;

namespace Netes.Api.Policy;

[ApiType("io.k8s.api.policy.v1.Eviction")]
[ApiKind("policy", "v1", "Eviction")]
public sealed partial record Eviction : IKubernetesObject
{
    /// <summary>What every object has: name, namespace, labels and so on.</summary>
    [Field(1, "metadata", OmitEmpty = true)]
    public partial ObjectMeta Metadata { get; init; }

    [Field(2, "deleteOptions", OmitEmpty = true)]
    public partial DeleteOptions? DeleteOptions { get; init; }
}
