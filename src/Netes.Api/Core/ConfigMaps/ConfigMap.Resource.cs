namespace Netes.Api.Core;

public sealed partial record ConfigMap : IResource<ConfigMap>
{
    public static ResourceDefinition<ConfigMap> Resource { get; } = new()
    {
        Group = "",
        Version = "v1",
        Kind = "ConfigMap",
        Plural = "configmaps",
        Singular = "configmap",
        ShortNames = ["cm"],
        Namespaced = true,
        Validate = ConfigMapRules.Validate,
        ValidateUpdate = ConfigMapRules.ValidateUpdate,
        Columns = ConfigMapColumns.All,
    };
}
