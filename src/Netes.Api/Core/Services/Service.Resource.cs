namespace Netes.Api.Core;

public sealed partial record Service : IResource<Service>
{
    public static ResourceDefinition<Service> Resource { get; } = new()
    {
        Group = "",
        Version = "v1",
        Kind = "Service",
        Plural = "services",
        Singular = "service",
        ShortNames = ["svc"],
        Categories = ["all"],
        Namespaced = true,
        Subresources = ["proxy"],
        CopyStatus = static (target, source) => target with { Status = source.Status },
        SpecEquals = static (next, old) => next.Spec == old.Spec,
    };
}
