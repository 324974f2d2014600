using Netes.Api.Core;

namespace Netes.Api.Meta;

[ApiType("io.k8s.apimachinery.pkg.apis.meta.v1.ObjectMeta")]
public sealed partial record ObjectMeta
{
    [Field(1, "name", OmitEmpty = true)]
    public partial string Name { get; init; }

    [Field(2, "generateName", OmitEmpty = true)]
    public partial string GenerateName { get; init; }

    [Field(3, "namespace", OmitEmpty = true)]
    public partial string Namespace { get; init; }

    [Field(4, "selfLink", OmitEmpty = true)]
    public partial string SelfLink { get; init; }

    [Field(5, "uid", OmitEmpty = true)]
    public partial string Uid { get; init; }

    [Field(6, "resourceVersion", OmitEmpty = true)]
    public partial string ResourceVersion { get; init; }

    [Field(7, "generation", OmitEmpty = true)]
    public partial long Generation { get; init; }

    [Field(8, "creationTimestamp", OmitEmpty = true)]
    public partial Timestamp? CreationTimestamp { get; init; }

    [Field(9, "deletionTimestamp", OmitEmpty = true)]
    public partial Timestamp? DeletionTimestamp { get; init; }

    [Field(10, "deletionGracePeriodSeconds", OmitEmpty = true)]
    public partial long? DeletionGracePeriodSeconds { get; init; }

    [Field(11, "labels", OmitEmpty = true)]
    public partial ValueMap<string> Labels { get; init; }

    [Field(12, "annotations", OmitEmpty = true)]
    public partial ValueMap<string> Annotations { get; init; }

    [Field(13, "ownerReferences", OmitEmpty = true, ListType = "map", ListMapKeys = ["uid"],
        PatchStrategy = "merge", PatchMergeKey = "uid")]
    public partial ValueList<OwnerReference> OwnerReferences { get; init; }

    [Field(14, "finalizers", OmitEmpty = true, ListType = "set", PatchStrategy = "merge")]
    public partial ValueList<string> Finalizers { get; init; }

    [Field(17, "managedFields", OmitEmpty = true, ListType = "atomic")]
    public partial ValueList<ManagedFieldsEntry> ManagedFields { get; init; }
}
