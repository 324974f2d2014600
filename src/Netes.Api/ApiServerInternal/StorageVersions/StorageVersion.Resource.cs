namespace Netes.Api.ApiServerInternal;

public sealed partial record StorageVersion : IResource<StorageVersion>
{
    public static ResourceDefinition<StorageVersion> Resource { get; } = new()
    {
        Group = "internal.apiserver.k8s.io",
        Version = "v1alpha1",
        Kind = "StorageVersion",
        Plural = "storageversions",
        Singular = "storageversion",
        Namespaced = false,
        ValidateName = StorageVersionRules.CheckName,
        CopyStatus = static (target, source) => target with { Status = source.Status },
        Columns = StorageVersionColumns.All,
        ValidateUpdate = static (_, _) => [],
        ValidateStatusUpdate = static (next, _) => StorageVersionRules.CheckStatus(next.Status),
    };
}
