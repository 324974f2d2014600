using Netes.Api.Meta;

namespace Netes.Api.Core;

[ApiType("io.k8s.api.core.v1.Toleration")]
public sealed partial record Toleration
{
    [Field(1, "key", OmitEmpty = true)]
    public partial string Key { get; init; }

    [Field(2, "operator", OmitEmpty = true, EnumOf = typeof(TolerationOperator))]
    public partial string Operator { get; init; }

    [Field(3, "value", OmitEmpty = true)]
    public partial string Value { get; init; }

    [Field(4, "effect", OmitEmpty = true, EnumOf = typeof(TaintEffect))]
    public partial string Effect { get; init; }

    [Field(5, "tolerationSeconds", OmitEmpty = true)]
    public partial long? TolerationSeconds { get; init; }
}
