using Netes.Api.Core;
using Netes.Api.Meta;

namespace Netes.Api.Storage;

[ApiType("io.k8s.api.storage.v1.VolumeAttachment")]
[ApiKind("storage.k8s.io", "v1", "VolumeAttachment")]
public sealed partial record VolumeAttachment : IKubernetesObject
{
    /// <summary>What every object has: name, namespace, labels and so on.</summary>
    [Field(1, "metadata", OmitEmpty = true)]
    public partial ObjectMeta Metadata { get; init; }

    /// <summary>What is wanted.</summary>
    [Field(2, "spec", Required = true)]
    public partial VolumeAttachmentSpec Spec { get; init; }

    /// <summary>What is; written by the system.</summary>
    [Field(3, "status", OmitEmpty = true)]
    public partial VolumeAttachmentStatus Status { get; init; }
}

/// <summary>A list of objects of kind VolumeAttachment.</summary>
[ApiType("io.k8s.api.storage.v1.VolumeAttachmentList")]
[ApiKind("storage.k8s.io", "v1", "VolumeAttachmentList")]
public sealed partial record VolumeAttachmentList : IKubernetesList<VolumeAttachment>
{
    /// <summary>The revision of the list, and where to go on.</summary>
    [Field(1, "metadata", OmitEmpty = true)]
    public partial ListMeta Metadata { get; init; }

    /// <summary>The objects.</summary>
    [Field(2, "items", Required = true)]
    public partial ValueList<VolumeAttachment> Items { get; init; }
}

[ApiType("io.k8s.api.storage.v1.VolumeAttachmentSpec")]
public sealed partial record VolumeAttachmentSpec
{
    [Field(1, "attacher", Required = true)]
    public partial string Attacher { get; init; }

    [Field(2, "source", Required = true)]
    public partial VolumeAttachmentSource Source { get; init; }

    [Field(3, "nodeName", Required = true)]
    public partial string NodeName { get; init; }
}

[ApiType("io.k8s.api.storage.v1.VolumeAttachmentStatus")]
public sealed partial record VolumeAttachmentStatus
{
    [Field(1, "attached", Required = true)]
    public partial bool Attached { get; init; }

    [Field(2, "attachmentMetadata", OmitEmpty = true)]
    public partial ValueMap<string> AttachmentMetadata { get; init; }

    [Field(3, "attachError", OmitEmpty = true)]
    public partial VolumeError? AttachError { get; init; }

    [Field(4, "detachError", OmitEmpty = true)]
    public partial VolumeError? DetachError { get; init; }
}

[ApiType("io.k8s.api.storage.v1.VolumeAttachmentSource")]
public sealed partial record VolumeAttachmentSource
{
    [Field(1, "persistentVolumeName", OmitEmpty = true)]
    public partial string? PersistentVolumeName { get; init; }

    [Field(2, "inlineVolumeSpec", OmitEmpty = true)]
    public partial PersistentVolumeSpec? InlineVolumeSpec { get; init; }
}

[ApiType("io.k8s.api.storage.v1.VolumeError")]
public sealed partial record VolumeError
{
    [Field(1, "time")]
    public partial Timestamp? Time { get; init; }

    [Field(2, "message", OmitEmpty = true)]
    public partial string Message { get; init; }

    [Field(3, "errorCode", OmitEmpty = true)]
    public partial int? ErrorCode { get; init; }
}
