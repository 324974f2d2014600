namespace Netes.Api.Storage;

public sealed partial record CSIStorageCapacity : IResource<CSIStorageCapacity>
{
    public static ResourceDefinition<CSIStorageCapacity> Resource { get; } = new()
    {
        Group = "storage.k8s.io",
        Version = "v1",
        Kind = "CSIStorageCapacity",
        Plural = "csistoragecapacities",
        Singular = "csistoragecapacity",
        Namespaced = true,
        Columns = CSIStorageCapacityColumns.All,
        Validate = CSIStorageCapacityRules.Validate,
        ValidateUpdate = CSIStorageCapacityRules.ValidateUpdate,
    };
}
