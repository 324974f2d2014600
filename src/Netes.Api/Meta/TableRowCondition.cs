namespace Netes.Api.Meta;

[ApiType("io.k8s.apimachinery.pkg.apis.meta.v1.TableRowCondition")]
public sealed partial record TableRowCondition
{
    [Field(0, "type", Required = true, EnumOf = typeof(RowConditionType))]
    public partial string Type { get; init; }

    [Field(0, "status", Required = true, EnumOf = typeof(ConditionStatus))]
    public partial string Status { get; init; }

    [Field(0, "reason", OmitEmpty = true)]
    public partial string Reason { get; init; }

    [Field(0, "message", OmitEmpty = true)]
    public partial string Message { get; init; }
}
