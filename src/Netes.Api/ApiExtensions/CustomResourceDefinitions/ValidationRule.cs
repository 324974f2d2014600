using Netes.Api.AdmissionRegistration;
using Netes.Api.Meta;

namespace Netes.Api.ApiExtensions;

[ApiType("io.k8s.apiextensions-apiserver.pkg.apis.apiextensions.v1.ValidationRule")]
public sealed partial record ValidationRule
{
    [Field(1, "rule", Required = true)]
    public partial string Rule { get; init; }

    [Field(2, "message", OmitEmpty = true)]
    public partial string Message { get; init; }

    [Field(3, "messageExpression", OmitEmpty = true)]
    public partial string MessageExpression { get; init; }

    [Field(4, "reason", OmitEmpty = true, EnumOf = typeof(FieldValueErrorReason))]
    public partial string? Reason { get; init; }

    [Field(5, "fieldPath", OmitEmpty = true)]
    public partial string FieldPath { get; init; }

    [Field(6, "optionalOldSelf", OmitEmpty = true)]
    public partial bool? OptionalOldSelf { get; init; }
}
