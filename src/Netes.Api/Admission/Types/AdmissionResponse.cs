using Netes.Api.Meta;

namespace Netes.Api.Admission;

[ApiType("io.k8s.api.admission.v1.AdmissionResponse")]
public sealed partial record AdmissionResponse
{
    [Field(1, "uid")]
    public partial string Uid { get; init; }

    [Field(2, "allowed")]
    public partial bool Allowed { get; init; }

    [Field(3, "status", OmitEmpty = true)]
    public partial Status? Result { get; init; }

    [Field(4, "patch", OmitEmpty = true)]
    public partial ByteString Patch { get; init; }

    [Field(5, "patchType", OmitEmpty = true, EnumOf = typeof(PatchType))]
    public partial string? PatchType { get; init; }

    [Field(6, "auditAnnotations", OmitEmpty = true)]
    public partial ValueMap<string> AuditAnnotations { get; init; }

    [Field(7, "warnings", OmitEmpty = true, ListType = "atomic")]
    public partial ValueList<string> Warnings { get; init; }
}
