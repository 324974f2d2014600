namespace Netes.Api.Meta;

[ApiType("io.k8s.apimachinery.pkg.apis.meta.v1.Preconditions")]
public sealed partial record Preconditions
{
    [Field(1, "uid", OmitEmpty = true)]
    public partial string? Uid { get; init; }

    [Field(2, "resourceVersion", OmitEmpty = true)]
    public partial string? ResourceVersion { get; init; }
}
