namespace Netes.Api.Networking;

public sealed partial record Ingress : IResource<Ingress>
{
    public static ResourceDefinition<Ingress> Resource { get; } = new()
    {
        Group = "networking.k8s.io",
        Version = "v1",
        Kind = "Ingress",
        Plural = "ingresses",
        Singular = "ingress",
        ShortNames = ["ing"],
        Namespaced = true,
        CopyStatus = static (target, source) => target with { Status = source.Status },
        SpecEquals = static (next, old) => next.Spec == old.Spec,
        Columns = IngressColumns.All,
        Validate = IngressRules.Validate,
        ValidateUpdate = IngressRules.ValidateUpdate,
    };
}
