namespace Netes.Api.ApiExtensions;

public sealed partial record CustomResourceDefinition : IResource<CustomResourceDefinition>
{
    public static ResourceDefinition<CustomResourceDefinition> Resource { get; } = new()
    {
        Group = "apiextensions.k8s.io",
        Version = "v1",
        Kind = "CustomResourceDefinition",
        Plural = "customresourcedefinitions",
        Singular = "customresourcedefinition",
        ShortNames = ["crd", "crds"],
        Categories = ["api-extensions"],
        Namespaced = false,
        CopyStatus = static (target, source) => target with { Status = source.Status },
        SpecEquals = static (next, old) => next.Spec == old.Spec,
        Default = CustomResourceDefinitionRules.Default,
        PrepareCreate = CustomResourceDefinitionRules.PrepareCreate,
        PrepareUpdate = CustomResourceDefinitionRules.PrepareUpdate,
        Validate = CustomResourceDefinitionRules.Validate,
        ValidateUpdate = CustomResourceDefinitionRules.ValidateUpdate,
    };
}
