namespace Netes.Api.Meta;

[ApiType("io.k8s.apimachinery.pkg.apis.meta.v1.Condition")]
public sealed partial record Condition
{
    [Field(1, "type", Required = true)]
    public partial string Type { get; init; }

    [Field(2, "status", Required = true, EnumOf = typeof(ConditionStatus))]
    public partial string Status { get; init; }

    [Field(3, "observedGeneration", OmitEmpty = true)]
    public partial long ObservedGeneration { get; init; }

    [Field(4, "lastTransitionTime", Required = true)]
    public partial Timestamp? LastTransitionTime { get; init; }

    [Field(5, "reason", Required = true)]
    public partial string Reason { get; init; }

    [Field(6, "message", Required = true)]
    public partial string Message { get; init; }
}
