namespace Netes.Api.DynamicResources;

public sealed partial record ResourceClaimTemplate : IResource<ResourceClaimTemplate>
{
    public static ResourceDefinition<ResourceClaimTemplate> Resource { get; } = new()
    {
        Group = "resource.k8s.io",
        Version = "v1",
        Kind = "ResourceClaimTemplate",
        Plural = "resourceclaimtemplates",
        Singular = "resourceclaimtemplate",
        Namespaced = true,
        Columns = ResourceClaimTemplateColumns.All,
        Default = ResourceClaimTemplateRules.Default,
        Validate = ResourceClaimTemplateRules.Validate,
        ValidateUpdate = ResourceClaimTemplateRules.ValidateUpdate,
    };
}
