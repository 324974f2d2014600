namespace Netes.Api.Meta;

[ApiType("io.k8s.apimachinery.pkg.apis.meta.v1.StatusCause")]
public sealed partial record StatusCause
{
    [Field(1, "reason", OmitEmpty = true, EnumOf = typeof(CauseType))]
    public partial string Type { get; init; }

    [Field(2, "message", OmitEmpty = true)]
    public partial string Message { get; init; }

    [Field(3, "field", OmitEmpty = true)]
    public partial string Field { get; init; }
}
