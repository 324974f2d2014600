namespace Netes.Api.DynamicResources;

public sealed partial record DeviceClass : IResource<DeviceClass>
{
    public static ResourceDefinition<DeviceClass> Resource { get; } = new()
    {
        Group = "resource.k8s.io",
        Version = "v1",
        Kind = "DeviceClass",
        Plural = "deviceclasses",
        Singular = "deviceclass",
        Namespaced = false,
        Columns = DeviceClassColumns.All,
    };
}
