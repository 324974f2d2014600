namespace Netes.Api.Storage;

public sealed partial record CSIDriver : IResource<CSIDriver>
{
    public static ResourceDefinition<CSIDriver> Resource { get; } = new()
    {
        Group = "storage.k8s.io",
        Version = "v1",
        Kind = "CSIDriver",
        Plural = "csidrivers",
        Singular = "csidriver",
        Namespaced = false,
        Columns = CSIDriverColumns.All,
        Default = CSIDriverRules.Default,
        Validate = CSIDriverRules.Validate,
        ValidateUpdate = CSIDriverRules.ValidateUpdate,
    };
}
