namespace Netes.Api.Meta;

[ApiType("io.k8s.apimachinery.pkg.apis.meta.v1.OwnerReference")]
public sealed partial record OwnerReference
{
    [Field(5, "apiVersion", Required = true)]
    public partial string ApiVersion { get; init; }

    [Field(1, "kind", Required = true)]
    public partial string Kind { get; init; }

    [Field(3, "name", Required = true)]
    public partial string Name { get; init; }

    [Field(4, "uid", Required = true)]
    public partial string Uid { get; init; }

    [Field(6, "controller", OmitEmpty = true)]
    public partial bool? Controller { get; init; }

    [Field(7, "blockOwnerDeletion", OmitEmpty = true)]
    public partial bool? BlockOwnerDeletion { get; init; }
}
