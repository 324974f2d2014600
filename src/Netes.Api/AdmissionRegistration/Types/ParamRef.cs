using Netes.Api.Core;
using Netes.Api.Meta;

namespace Netes.Api.AdmissionRegistration;

[ApiType("io.k8s.api.admissionregistration.v1.ParamRef")]
public sealed partial record ParamRef
{
    [Field(1, "name", OmitEmpty = true)]
    public partial string Name { get; init; }

    [Field(2, "namespace", OmitEmpty = true)]
    public partial string Namespace { get; init; }

    [Field(3, "selector", OmitEmpty = true)]
    public partial LabelSelector? Selector { get; init; }

    [Field(4, "parameterNotFoundAction", OmitEmpty = true, EnumOf = typeof(ParameterNotFoundActionType))]
    public partial string? ParameterNotFoundAction { get; init; }
}
