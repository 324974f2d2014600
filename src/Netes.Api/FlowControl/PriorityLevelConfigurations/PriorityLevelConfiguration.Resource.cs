namespace Netes.Api.FlowControl;

public sealed partial record PriorityLevelConfiguration : IResource<PriorityLevelConfiguration>
{
    public static ResourceDefinition<PriorityLevelConfiguration> Resource { get; } = new()
    {
        Group = "flowcontrol.apiserver.k8s.io",
        Version = "v1",
        Kind = "PriorityLevelConfiguration",
        Plural = "prioritylevelconfigurations",
        Singular = "prioritylevelconfiguration",
        Namespaced = false,
        CopyStatus = static (target, source) => target with { Status = source.Status },
        SpecEquals = static (next, old) => next.Spec == old.Spec,
        Columns = PriorityLevelConfigurationColumns.All,
        Default = PriorityLevelConfigurationRules.Default,
        Validate = PriorityLevelConfigurationRules.Validate,
    };
}
