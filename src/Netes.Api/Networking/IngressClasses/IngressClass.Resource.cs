namespace Netes.Api.Networking;

public sealed partial record IngressClass : IResource<IngressClass>
{
    public static ResourceDefinition<IngressClass> Resource { get; } = new()
    {
        Group = "networking.k8s.io",
        Version = "v1",
        Kind = "IngressClass",
        Plural = "ingressclasses",
        Singular = "ingressclass",
        Namespaced = false,
        Columns = IngressClassColumns.All,
        Default = IngressClassRules.Default,
        Validate = IngressClassRules.Validate,
        ValidateUpdate = IngressClassRules.ValidateUpdate,
    };
}
