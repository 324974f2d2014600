using Netes.Api.Admission;

namespace Netes.Api.Meta;

/// <summary>The fields that one manager has set in one way.</summary>
[ApiType("io.k8s.apimachinery.pkg.apis.meta.v1.ManagedFieldsEntry")]
public sealed partial record ManagedFieldsEntry
{
    /// <summary>Who set the fields.</summary>
    [Field(1, "manager", OmitEmpty = true)]
    public partial string Manager { get; init; }

    /// <summary>Apply or Update.</summary>
    [Field(2, "operation", OmitEmpty = true, EnumOf = typeof(ManagedFieldsOperationType))]
    public partial string Operation { get; init; }

    /// <summary>The version of the schema that the fields are written in.</summary>
    [Field(3, "apiVersion", OmitEmpty = true)]
    public partial string ApiVersion { get; init; }

    /// <summary>When the entry was last changed.</summary>
    [Field(4, "time", OmitEmpty = true)]
    public partial Timestamp? Time { get; init; }

    /// <summary>The form of the fields; only FieldsV1 exists.</summary>
    [Field(6, "fieldsType", OmitEmpty = true)]
    public partial string FieldsType { get; init; }

    /// <summary>The fields, as a tree of names.</summary>
    [Field(7, "fieldsV1", OmitEmpty = true)]
    public partial RawJson? FieldsV1 { get; init; }

    /// <summary>The subresource the change came through; empty for the main resource.</summary>
    [Field(8, "subresource", OmitEmpty = true)]
    public partial string Subresource { get; init; }
}
