namespace Netes.Api.Meta;

/// <summary>
/// Names an object that owns this one; both are in one namespace, or the owner is of the whole cluster.
/// </summary>
[ApiType("io.k8s.apimachinery.pkg.apis.meta.v1.OwnerReference")]
public sealed partial record OwnerReference
{
    /// <summary>The group and version of the owner.</summary>
    [Field(5, "apiVersion", Required = true)]
    public partial string ApiVersion { get; init; }

    /// <summary>The kind of the owner.</summary>
    [Field(1, "kind", Required = true)]
    public partial string Kind { get; init; }

    /// <summary>The name of the owner.</summary>
    [Field(3, "name", Required = true)]
    public partial string Name { get; init; }

    /// <summary>The unique value of the owner.</summary>
    [Field(4, "uid", Required = true)]
    public partial string Uid { get; init; }

    /// <summary>True for the one owner that manages this object.</summary>
    [Field(6, "controller", OmitEmpty = true)]
    public partial bool? Controller { get; init; }

    /// <summary>True keeps the owner, when deleted in the foreground, until this object is gone.</summary>
    [Field(7, "blockOwnerDeletion", OmitEmpty = true)]
    public partial bool? BlockOwnerDeletion { get; init; }
}
