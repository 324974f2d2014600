namespace Netes.Api.Core;

public sealed partial record Pod : IResource<Pod>
{
    public static ResourceDefinition<Pod> Resource { get; } = new()
    {
        Group = "",
        Version = "v1",
        Kind = "Pod",
        Plural = "pods",
        Singular = "pod",
        ShortNames = ["po"],
        Categories = ["all"],
        Namespaced = true,
        Subresources = ["attach", "binding", "ephemeralcontainers", "eviction", "exec", "log", "portforward", "proxy",
            "resize"],
        Default = PodRules.Default,
        PrepareCreate = PodRules.PrepareCreate,
        PrepareStatusUpdate = PodRules.PrepareStatusUpdate,
        Validate = PodValidation.Validate,
        ValidateUpdate = PodValidation.ValidateUpdate,
        ValidateStatusUpdate = PodStatusValidation.Validate,
        Fields = PodRules.Fields,
        CopyStatus = static (target, source) => target with { Status = source.Status },
        SpecEquals = static (next, old) => next.Spec == old.Spec,
        Columns = PodColumns.All,
        RowConditions = PodColumns.Conditions,
        Warnings = PodWarnings.Of,
    };
}
