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
        SpecEquals = static (next, old) => next.Spec == old.Spec,
        Columns = DeviceClassColumns.All,
        Validate = DeviceClassRules.Validate,
        ValidateUpdate = DeviceClassRules.ValidateUpdate,
    };
}
