namespace Netes.Api.Scheduling;

public sealed partial record PriorityClass : IResource<PriorityClass>
{
    public static ResourceDefinition<PriorityClass> Resource { get; } = new()
    {
        Group = "scheduling.k8s.io",
        Version = "v1",
        Kind = "PriorityClass",
        Plural = "priorityclasses",
        Singular = "priorityclass",
        ShortNames = ["pc"],
        Namespaced = false,
        Columns = PriorityClassColumns.All,
        Default = PriorityClassRules.Default,
        Validate = PriorityClassRules.Validate,
        ValidateUpdate = PriorityClassRules.ValidateUpdate,
    };
}
