namespace Netes.Api.Storage;

public sealed partial record VolumeAttributesClass : IResource<VolumeAttributesClass>
{
    public static ResourceDefinition<VolumeAttributesClass> Resource { get; } = new()
    {
        Group = "storage.k8s.io",
        Version = "v1",
        Kind = "VolumeAttributesClass",
        Plural = "volumeattributesclasses",
        Singular = "volumeattributesclass",
        ShortNames = ["vac"],
        Namespaced = false,
        Columns = VolumeAttributesClassColumns.All,
        Validate = VolumeAttributesClassRules.Validate,
        ValidateUpdate = VolumeAttributesClassRules.ValidateUpdate,
    };
}
