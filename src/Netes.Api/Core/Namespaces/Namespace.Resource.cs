namespace Netes.Api.Core;

public sealed partial record Namespace : IResource<Namespace>
{
    public static ResourceDefinition<Namespace> Resource { get; } = new()
    {
        Group = "",
        Version = "v1",
        Kind = "Namespace",
        Plural = "namespaces",
        Singular = "namespace",
        ShortNames = ["ns"],
        Namespaced = false,
        Verbs = ["create", "delete", "get", "list", "patch", "update", "watch"],
        Subresources = ["finalize"],
        CopyStatus = static (target, source) => target with { Status = source.Status },
        SpecEquals = static (next, old) => next.Spec == old.Spec,
    };
}
