using Netes.Api.Meta;

namespace Netes.Api.Core;

/// <summary>Keeps pods away from a node.</summary>
[ApiType("io.k8s.api.core.v1.Taint")]
public sealed partial record Taint
{
    /// <summary>The key of the taint.</summary>
    [Field(1, "key", Required = true)]
    public partial string Key { get; init; }

    /// <summary>The value of the taint.</summary>
    [Field(2, "value", OmitEmpty = true)]
    public partial string Value { get; init; }

    /// <summary>NoSchedule, PreferNoSchedule or NoExecute.</summary>
    [Field(3, "effect", Required = true, EnumOf = typeof(TaintEffect))]
    public partial string Effect { get; init; }

    /// <summary>When the taint was added.</summary>
    [Field(4, "timeAdded", OmitEmpty = true)]
    public partial Timestamp? TimeAdded { get; init; }
}
