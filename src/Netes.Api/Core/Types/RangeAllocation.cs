using Netes.Api.Meta;

namespace Netes.Api.Core;

[ApiType("io.k8s.api.core.v1.RangeAllocation")]
[ApiKind("", "v1", "RangeAllocation")]
public sealed partial record RangeAllocation : IKubernetesObject
{
    /// <summary>What every object has: name, namespace, labels and so on.</summary>
    [Field(1, "metadata", OmitEmpty = true)]
    public partial ObjectMeta Metadata { get; init; }

    [Field(2, "range", Required = true)]
    public partial string Range { get; init; }

    [Field(3, "data", Required = true)]
    public partial ByteString Data { get; init; }
}
