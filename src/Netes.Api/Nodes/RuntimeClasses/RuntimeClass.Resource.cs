namespace Netes.Api.Nodes;

public sealed partial record RuntimeClass : IResource<RuntimeClass>
{
    public static ResourceDefinition<RuntimeClass> Resource { get; } = new()
    {
        Group = "node.k8s.io",
        Version = "v1",
        Kind = "RuntimeClass",
        Plural = "runtimeclasses",
        Singular = "runtimeclass",
        Namespaced = false,
        Columns = RuntimeClassColumns.All,
        Validate = RuntimeClassRules.Validate,
        ValidateUpdate = RuntimeClassRules.ValidateUpdate,
    };
}
