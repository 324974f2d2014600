namespace Netes.Api.Meta;

[ApiType("io.k8s.apimachinery.pkg.apis.meta.v1.Status")]
[ApiKind("", "v1", "Status")]
public sealed partial record Status
{
    [Field(1, "metadata", OmitEmpty = true)]
    public partial ListMeta Metadata { get; init; }

    [Field(2, "status", OmitEmpty = true)]
    public partial string StatusValue { get; init; }

    [Field(3, "message", OmitEmpty = true)]
    public partial string Message { get; init; }

    [Field(4, "reason", OmitEmpty = true, EnumOf = typeof(StatusReason))]
    public partial string Reason { get; init; }

    [Field(5, "details", OmitEmpty = true)]
    public partial StatusDetails? Details { get; init; }

    [Field(6, "code", OmitEmpty = true)]
    public partial int Code { get; init; }
}
