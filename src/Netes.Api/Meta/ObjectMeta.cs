using Netes.Api.Core;

namespace Netes.Api.Meta;

/// <summary>What every stored object has: its name, where it lives, labels, owners and history.</summary>
[ApiType("io.k8s.apimachinery.pkg.apis.meta.v1.ObjectMeta")]
public sealed partial record ObjectMeta
{
    /// <summary>The name, unique among the objects of its kind in its namespace; it cannot be changed.</summary>
    [Field(1, "name", OmitEmpty = true)]
    public partial string Name { get; init; }

    /// <summary>A prefix from which the server makes a unique name when none is given.</summary>
    [Field(2, "generateName", OmitEmpty = true)]
    public partial string GenerateName { get; init; }

    /// <summary>The namespace the object lives in; empty for kinds of the whole cluster.</summary>
    [Field(3, "namespace", OmitEmpty = true)]
    public partial string Namespace { get; init; }

    /// <summary>Deprecated: no longer filled in.</summary>
    [Field(4, "selfLink", OmitEmpty = true)]
    public partial string SelfLink { get; init; }

    /// <summary>A value that is unique over space and time; a new object of the same name gets another one.</summary>
    [Field(5, "uid", OmitEmpty = true)]
    public partial string Uid { get; init; }

    /// <summary>The revision of the object, for change detection and watches; opaque to clients.</summary>
    [Field(6, "resourceVersion", OmitEmpty = true)]
    public partial string ResourceVersion { get; init; }

    /// <summary>Counts changes of the wanted state; set by the system.</summary>
    [Field(7, "generation", OmitEmpty = true)]
    public partial long Generation { get; init; }

    /// <summary>When the object was created; set by the system.</summary>
    [Field(8, "creationTimestamp", OmitEmpty = true)]
    public partial Timestamp? CreationTimestamp { get; init; }

    /// <summary>When the object will be deleted; set by the system once someone has asked for deletion.</summary>
    [Field(9, "deletionTimestamp", OmitEmpty = true)]
    public partial Timestamp? DeletionTimestamp { get; init; }

    /// <summary>How many seconds the object may take to end after deletion was asked for.</summary>
    [Field(10, "deletionGracePeriodSeconds", OmitEmpty = true)]
    public partial long? DeletionGracePeriodSeconds { get; init; }

    /// <summary>Names and values that selectors can find the object by.</summary>
    [Field(11, "labels", OmitEmpty = true)]
    public partial ValueMap<string> Labels { get; init; }

    /// <summary>Names and values that tools keep with the object; they cannot be selected by.</summary>
    [Field(12, "annotations", OmitEmpty = true)]
    public partial ValueMap<string> Annotations { get; init; }

    /// <summary>The objects this one belongs to; when all of them are gone, it is deleted as well.</summary>
    [Field(13, "ownerReferences", OmitEmpty = true, ListType = "map", ListMapKeys = ["uid"],
        PatchStrategy = "merge", PatchMergeKey = "uid")]
    public partial ValueList<OwnerReference> OwnerReferences { get; init; }

    /// <summary>Names of tasks that must be done before the object is removed.</summary>
    [Field(14, "finalizers", OmitEmpty = true, ListType = "set", PatchStrategy = "merge")]
    public partial ValueList<string> Finalizers { get; init; }

    /// <summary>Who has set which fields, for server-side apply.</summary>
    [Field(17, "managedFields", OmitEmpty = true, ListType = "atomic")]
    public partial ValueList<ManagedFieldsEntry> ManagedFields { get; init; }
}
