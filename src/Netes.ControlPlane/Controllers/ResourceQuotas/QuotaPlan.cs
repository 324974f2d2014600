using Netes.Api;
using Netes.Api.Core;

namespace Netes.ControlPlane;

/// <summary>Which resources a quota counts. Source: pkg/quota/v1/resources.go;
/// pkg/quota/v1/install/registry.go.</summary>
internal static class QuotaPlan
{
    private static readonly string[] Watched =
    [
        "pods", "services", "persistentvolumeclaims", "configmaps", "secrets", "resourceclaims.resource.k8s.io",
    ];

    public static bool HasEnded(Pod pod) => pod.Status.Phase is PodPhase.Succeeded or PodPhase.Failed;

    /// <summary>The resources that must be listed to answer for the names; names that nothing answers are left
    /// out.</summary>
    public static IReadOnlyList<ResourceDefinition> Counted(IEnumerable<string> names) =>
        [.. names.SelectMany(Find).Distinct()];

    /// <summary>True when the deletion of something counted goes unseen.</summary>
    public static bool HasUnwatched(IEnumerable<string> names) =>
        Counted(names).Any(static resource => !Watched.Contains(resource.QualifiedName));

    /// <summary>The usage of the names in <paramref name="hard"/>: zero where there is none.</summary>
    public static ValueMap<Quantity> Restrict(ValueMap<Quantity> hard, ValueMap<Quantity> usage) =>
        hard.Keys.Select(name => KeyValuePair.Create(name, usage.Get(name))).ToValueMap();

    private static IEnumerable<ResourceDefinition> Find(string name)
    {
        const string count = "count/";
        const string claims = "resourceclaims.resource.k8s.io";
        string[] qualified = name.StartsWith(count, StringComparison.Ordinal) ? [name[count.Length..]]
            : DeviceQuota.IsOfClaims(name) ? [claims]
            : DeviceQuota.IsOfClaimsAndPods(name) ? ["pods", claims]
            : name is "requests.storage" || name.Contains(".storageclass.storage.k8s.io/", StringComparison.Ordinal)
                ? ["persistentvolumeclaims"]
            : name.StartsWith("services.", StringComparison.Ordinal) ? ["services"]
            : QuotaUsage.IsCompute(name) ? ["pods"]
            : [name];
        return Resources.All.Where(resource =>
            resource.Stored && resource.Namespaced && qualified.Contains(resource.QualifiedName));
    }
}
