using Netes.Api;

namespace Netes.ApiServer.Registry;

/// <summary>
/// How kinds differ in updates. Source: AllowCreateOnUpdate and AllowUnconditionalUpdate of pkg/registry/*/strategy.go.
/// </summary>
internal static class UpdateRules
{
    private static readonly HashSet<string> CreatedByPut = new(StringComparer.Ordinal)
    {
        "endpoints", "events", "events.events.k8s.io", "leases.coordination.k8s.io", "limitranges", "services",
        "roles.rbac.authorization.k8s.io", "rolebindings.rbac.authorization.k8s.io",
        "clusterroles.rbac.authorization.k8s.io", "clusterrolebindings.rbac.authorization.k8s.io",
    };

    private static readonly HashSet<string> NeedResourceVersion = new(StringComparer.Ordinal)
    {
        "apiservices.apiregistration.k8s.io", "csidrivers.storage.k8s.io", "csinodes.storage.k8s.io",
        "customresourcedefinitions.apiextensions.k8s.io", "leases.coordination.k8s.io",
        "mutatingwebhookconfigurations.admissionregistration.k8s.io", "namespaces",
        "poddisruptionbudgets.policy", "runtimeclasses.node.k8s.io", "serviceaccounts",
        "storageversions.internal.apiserver.k8s.io",
        "validatingadmissionpolicies.admissionregistration.k8s.io",
        "validatingadmissionpolicybindings.admissionregistration.k8s.io",
        "validatingwebhookconfigurations.admissionregistration.k8s.io", "volumeattachments.storage.k8s.io",
    };

    /// <summary>Whether PUT to a name that does not exist creates it.</summary>
    public static bool CreatesOnUpdate(ResourceDefinition definition) =>
        CreatedByPut.Contains(definition.QualifiedName);

    /// <summary>Whether PUT without a resourceVersion replaces whatever is there.</summary>
    public static bool UpdatesUnconditionally(ResourceDefinition definition) =>
        !NeedResourceVersion.Contains(definition.QualifiedName);
}
