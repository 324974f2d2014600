namespace Netes.Api.Meta;

[ApiType("io.k8s.apimachinery.pkg.apis.meta.v1.StatusDetails")]
public sealed partial record StatusDetails
{
    [Field(1, "name", OmitEmpty = true)]
    public partial string Name { get; init; }

    [Field(2, "group", OmitEmpty = true)]
    public partial string Group { get; init; }

    [Field(3, "kind", OmitEmpty = true)]
    public partial string Kind { get; init; }

    [Field(6, "uid", OmitEmpty = true)]
    public partial string Uid { get; init; }

    [Field(4, "causes", OmitEmpty = true, ListType = "atomic")]
    public partial ValueList<StatusCause> Causes { get; init; }

    [Field(5, "retryAfterSeconds", OmitEmpty = true)]
    public partial int RetryAfterSeconds { get; init; }
}
