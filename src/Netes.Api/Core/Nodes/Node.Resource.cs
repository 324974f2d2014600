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
        SpecEquals = static (next, old) => next.Spec == old.Spec,
    };
}
