namespace Netes.Api.Storage;

public sealed partial record CSINode : IResource<CSINode>
{
    public static ResourceDefinition<CSINode> Resource { get; } = new()
    {
        Group = "storage.k8s.io",
        Version = "v1",
        Kind = "CSINode",
        Plural = "csinodes",
        Singular = "csinode",
        Namespaced = false,
        Columns = CSINodeColumns.All,
        Validate = CSINodeRules.Validate,
        ValidateUpdate = CSINodeRules.ValidateUpdate,
    };
}
