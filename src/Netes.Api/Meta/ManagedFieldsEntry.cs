using Netes.Api.Admission;

namespace Netes.Api.Meta;

[ApiType("io.k8s.apimachinery.pkg.apis.meta.v1.ManagedFieldsEntry")]
public sealed partial record ManagedFieldsEntry
{
    [Field(1, "manager", OmitEmpty = true)]
    public partial string Manager { get; init; }

    [Field(2, "operation", OmitEmpty = true, EnumOf = typeof(ManagedFieldsOperationType))]
    public partial string Operation { get; init; }

    [Field(3, "apiVersion", OmitEmpty = true)]
    public partial string ApiVersion { get; init; }

    [Field(4, "time", OmitEmpty = true)]
    public partial Timestamp? Time { get; init; }

    [Field(6, "fieldsType", OmitEmpty = true)]
    public partial string FieldsType { get; init; }

    [Field(7, "fieldsV1", OmitEmpty = true)]
    public partial RawJson? FieldsV1 { get; init; }

    [Field(8, "subresource", OmitEmpty = true)]
    public partial string Subresource { get; init; }
}
