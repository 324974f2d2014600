namespace Netes.Api.Storage;

public sealed partial record StorageClass : IResource<StorageClass>
{
    public static ResourceDefinition<StorageClass> Resource { get; } = new()
    {
        Group = "storage.k8s.io",
        Version = "v1",
        Kind = "StorageClass",
        Plural = "storageclasses",
        Singular = "storageclass",
        ShortNames = ["sc"],
        Namespaced = false,
        Columns = StorageClassColumns.All,
        Default = StorageClassRules.Default,
        Validate = StorageClassRules.Validate,
        ValidateUpdate = StorageClassRules.ValidateUpdate,
    };
}
