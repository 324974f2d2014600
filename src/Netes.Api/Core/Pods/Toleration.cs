using Netes.Api.Meta;

namespace Netes.Api.Core;

/// <summary>A taint that a pod puts up with.</summary>
[ApiType("io.k8s.api.core.v1.Toleration")]
public sealed partial record Toleration
{
    /// <summary>The key of the taint; empty with Exists means every taint.</summary>
    [Field(1, "key", OmitEmpty = true)]
    public partial string Key { get; init; }

    /// <summary>Exists, or Equal to the value.</summary>
    [Field(2, "operator", OmitEmpty = true, EnumOf = typeof(TolerationOperator))]
    public partial string Operator { get; init; }

    /// <summary>The value of the taint.</summary>
    [Field(3, "value", OmitEmpty = true)]
    public partial string Value { get; init; }

    /// <summary>NoSchedule, PreferNoSchedule or NoExecute; empty means all.</summary>
    [Field(4, "effect", OmitEmpty = true, EnumOf = typeof(TaintEffect))]
    public partial string Effect { get; init; }

    /// <summary>How long the pod stays after a NoExecute taint appeared.</summary>
    [Field(5, "tolerationSeconds", OmitEmpty = true)]
    public partial long? TolerationSeconds { get; init; }
}
