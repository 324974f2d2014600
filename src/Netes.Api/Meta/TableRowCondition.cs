namespace Netes.Api.Meta;

/// <summary>One aspect of an object's state.</summary>
[ApiType("io.k8s.apimachinery.pkg.apis.meta.v1.TableRowCondition")]
public sealed partial record TableRowCondition
{
    /// <summary>The aspect of the state.</summary>
    [Field(0, "type", Required = true, EnumOf = typeof(RowConditionType))]
    public partial string Type { get; init; }

    /// <summary>True, False or Unknown.</summary>
    [Field(0, "status", Required = true, EnumOf = typeof(ConditionStatus))]
    public partial string Status { get; init; }

    /// <summary>Why it is so, in one word.</summary>
    [Field(0, "reason", OmitEmpty = true)]
    public partial string Reason { get; init; }

    /// <summary>Why it is so, for people.</summary>
    [Field(0, "message", OmitEmpty = true)]
    public partial string Message { get; init; }
}
