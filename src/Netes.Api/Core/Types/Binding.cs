using Netes.Api.Meta;

namespace Netes.Api.Core;

[ApiType("io.k8s.api.core.v1.Binding")]
[ApiKind("", "v1", "Binding")]
public sealed partial record Binding : IKubernetesObject
{
    /// <summary>What every object has: name, namespace, labels and so on.</summary>
    [Field(1, "metadata", OmitEmpty = true)]
    public partial ObjectMeta Metadata { get; init; }

    [Field(2, "target", Required = true)]
    public partial ObjectReference Target { get; init; }
}
