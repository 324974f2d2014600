using Netes.Api;
using Netes.Api.Rbac;

namespace Netes.ApiServer.Authorization.Bootstrap;

/// <summary>
/// Roles of controllers that only run when a feature is on.
/// Source: plugin/pkg/auth/authorizer/rbac/bootstrappolicy/controller_policy.go.
/// </summary>
internal static class FeatureRoles
{
    private const string StorageVersions = """
        system:controller:storage-version-garbage-collector
          read | coordination.k8s.io | leases
          read,patch,update,delete | internal.apiserver.k8s.io | storageversions
          get,patch,update | internal.apiserver.k8s.io | storageversions/status
        """;

    public static IReadOnlyList<ClusterRole> ClusterRoles(FeatureGates features) => features.RecordStorageVersions
        ? [.. RoleText.Parse(StorageVersions).Select(static role => BootstrapRoles.Make(role.Name, role.Rules))]
        : [];

    public static IReadOnlyList<ClusterRoleBinding> ClusterRoleBindings(FeatureGates features) =>
        [.. ClusterRoles(features).Select(BootstrapRoles.BindAccount)];
}
