using Netes.Api.Meta;

namespace Netes.Api.ApiExtensions;

[ApiType("io.k8s.apiextensions-apiserver.pkg.apis.apiextensions.v1.CustomResourceDefinitionCondition")]
public sealed partial record CustomResourceDefinitionCondition
{
    [Field(1, "type", Required = true, EnumOf = typeof(CustomResourceDefinitionConditionType))]
    public partial string Type { get; init; }

    [Field(2, "status", Required = true, EnumOf = typeof(ConditionStatus))]
    public partial string Status { get; init; }

    [Field(3, "lastTransitionTime")]
    public partial Timestamp? LastTransitionTime { get; init; }

    [Field(4, "reason", OmitEmpty = true)]
    public partial string Reason { get; init; }

    [Field(5, "message", OmitEmpty = true)]
    public partial string Message { get; init; }

    [Field(6, "observedGeneration", OmitEmpty = true)]
    public partial long ObservedGeneration { get; init; }
}
