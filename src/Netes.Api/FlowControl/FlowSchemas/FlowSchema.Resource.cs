namespace Netes.Api.FlowControl;

public sealed partial record FlowSchema : IResource<FlowSchema>
{
    public static ResourceDefinition<FlowSchema> Resource { get; } = new()
    {
        Group = "flowcontrol.apiserver.k8s.io",
        Version = "v1",
        Kind = "FlowSchema",
        Plural = "flowschemas",
        Singular = "flowschema",
        Namespaced = false,
        CopyStatus = static (target, source) => target with { Status = source.Status },
        SpecEquals = static (next, old) => next.Spec == old.Spec,
        Columns = FlowSchemaColumns.All,
        Default = FlowSchemaRules.Default,
        Validate = FlowSchemaRules.Validate,
    };
}
