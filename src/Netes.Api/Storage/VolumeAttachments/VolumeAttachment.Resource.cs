namespace Netes.Api.Storage;

public sealed partial record VolumeAttachment : IResource<VolumeAttachment>
{
    public static ResourceDefinition<VolumeAttachment> Resource { get; } = new()
    {
        Group = "storage.k8s.io",
        Version = "v1",
        Kind = "VolumeAttachment",
        Plural = "volumeattachments",
        Singular = "volumeattachment",
        Namespaced = false,
        CopyStatus = static (target, source) => target with { Status = source.Status },
        Columns = VolumeAttachmentColumns.All,
        Validate = VolumeAttachmentRules.Validate,
        ValidateUpdate = VolumeAttachmentRules.ValidateUpdate,
    };
}
