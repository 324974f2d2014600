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
        Default = NamespaceRules.Default,
        PrepareCreate = NamespaceRules.PrepareCreate,
        PrepareUpdate = NamespaceRules.PrepareUpdate,
        Validate = NamespaceRules.Validate,
        ValidateUpdate = static (_, _) => [],
        ValidateStatusUpdate = NamespaceRules.ValidateStatusUpdate,
        ValidateName = Names.Dns1123Label,
        Fields = [new("status.phase", static space => space.Status.Phase)],
        Columns = NamespaceColumns.All,
    };
}
