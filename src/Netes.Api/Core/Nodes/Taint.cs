using Netes.Api.Meta;

namespace Netes.Api.Core;

[ApiType("io.k8s.api.core.v1.Taint")]
public sealed partial record Taint
{
    [Field(1, "key", Required = true)]
    public partial string Key { get; init; }

    [Field(2, "value", OmitEmpty = true)]
    public partial string Value { get; init; }

    [Field(3, "effect", Required = true, EnumOf = typeof(TaintEffect))]
    public partial string Effect { get; init; }

    [Field(4, "timeAdded", OmitEmpty = true)]
    public partial Timestamp? TimeAdded { get; init; }
}
