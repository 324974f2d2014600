using Netes.Api.Meta;

namespace Netes.Api.DynamicResources;

[ApiType("io.k8s.api.resource.v1.DeviceToleration")]
public sealed partial record DeviceToleration
{
    [Field(1, "key", OmitEmpty = true)]
    public partial string Key { get; init; }

    [Field(2, "operator", OmitEmpty = true, Default = "\"Equal\"", EnumOf = typeof(DeviceTolerationOperator))]
    public partial string Operator { get; init; }

    [Field(3, "value", OmitEmpty = true)]
    public partial string Value { get; init; }

    [Field(4, "effect", OmitEmpty = true, EnumOf = typeof(DeviceTaintEffect))]
    public partial string Effect { get; init; }

    [Field(5, "tolerationSeconds", OmitEmpty = true)]
    public partial long? TolerationSeconds { get; init; }
}
