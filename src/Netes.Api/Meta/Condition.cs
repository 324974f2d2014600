namespace Netes.Api.Meta;

/// <summary>One aspect of an object's state.</summary>
[ApiType("io.k8s.apimachinery.pkg.apis.meta.v1.Condition")]
public sealed partial record Condition
{
    /// <summary>The aspect of the state.</summary>
    [Field(1, "type", Required = true)]
    public partial string Type { get; init; }

    /// <summary>True, False or Unknown.</summary>
    [Field(2, "status", Required = true, EnumOf = typeof(ConditionStatus))]
    public partial string Status { get; init; }

    /// <summary>The generation that the condition describes.</summary>
    [Field(3, "observedGeneration", OmitEmpty = true)]
    public partial long ObservedGeneration { get; init; }

    /// <summary>When the status last changed.</summary>
    [Field(4, "lastTransitionTime", Required = true)]
    public partial Timestamp? LastTransitionTime { get; init; }

    /// <summary>Why it is so, in one word.</summary>
    [Field(5, "reason", Required = true)]
    public partial string Reason { get; init; }

    /// <summary>Why it is so, for people.</summary>
    [Field(6, "message", Required = true)]
    public partial string Message { get; init; }
}
