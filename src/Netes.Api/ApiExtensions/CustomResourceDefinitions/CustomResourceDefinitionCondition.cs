using Netes.Api.Meta;

namespace Netes.Api.ApiExtensions;

/// <summary>One aspect of an object's state.</summary>
[ApiType("io.k8s.apiextensions-apiserver.pkg.apis.apiextensions.v1.CustomResourceDefinitionCondition")]
public sealed partial record CustomResourceDefinitionCondition
{
    /// <summary>The aspect of the state.</summary>
    [Field(1, "type", Required = true, EnumOf = typeof(CustomResourceDefinitionConditionType))]
    public partial string Type { get; init; }

    /// <summary>True, False or Unknown.</summary>
    [Field(2, "status", Required = true, EnumOf = typeof(ConditionStatus))]
    public partial string Status { get; init; }

    /// <summary>When the status last changed.</summary>
    [Field(3, "lastTransitionTime")]
    public partial Timestamp? LastTransitionTime { get; init; }

    /// <summary>Why it is so, in one word.</summary>
    [Field(4, "reason", OmitEmpty = true)]
    public partial string Reason { get; init; }

    /// <summary>Why it is so, for people.</summary>
    [Field(5, "message", OmitEmpty = true)]
    public partial string Message { get; init; }

    /// <summary>The generation that the condition describes.</summary>
    [Field(6, "observedGeneration", OmitEmpty = true)]
    public partial long ObservedGeneration { get; init; }
}
