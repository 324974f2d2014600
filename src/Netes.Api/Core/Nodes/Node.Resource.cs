namespace Netes.Api.Core;

public sealed partial record Node : IResource<Node>
{
    public static ResourceDefinition<Node> Resource { get; } = new()
    {
        Group = "",
        Version = "v1",
        Kind = "Node",
        Plural = "nodes",
        Singular = "node",
        ShortNames = ["no"],
        Namespaced = false,
        Subresources = ["proxy"],
        CopyStatus = static (target, source) => target with { Status = source.Status },
        Default = NodeRules.Default,
        Validate = NodeRules.Validate,
        ValidateUpdate = NodeRules.ValidateUpdate,
        ValidateStatusUpdate = NodeRules.ValidateUpdate,
        Fields = [new("spec.unschedulable", static node => node.Spec.Unschedulable ? "true" : "false")],
        Columns = NodeColumns.All,
    };
}
