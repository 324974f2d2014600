using Netes.Api;
using Netes.Api.Core;

namespace Netes.ControlPlane;

/// <summary>Which resources a quota counts, and what may give it room. Pure. Source: pkg/quota/v1/resources.go;
/// pkg/quota/v1/install/{registry,update_filter}.go.</summary>
internal static class QuotaPlan
{
    private static readonly string[] Watched =
    [
        "pods", "services", "persistentvolumeclaims", "configmaps", "secrets", "resourceclaims.resource.k8s.io",
    ];

    /// <summary>The resources that must be listed to answer for the names; names that nothing answers are left
    /// out.</summary>
    public static IReadOnlyList<ResourceDefinition> Counted(IEnumerable<string> names) =>
        [.. names.SelectMany(Find).Distinct()];

    /// <summary>Kinds whose deletions the controller does not hear of anyway.</summary>
    public static IReadOnlyList<ResourceDefinition> Unwatched(IEnumerable<string> names) =>
        [.. Counted(names).Where(static resource => !Watched.Contains(resource.QualifiedName))];

    /// <summary>
    /// What is used of the names in <paramref name="hard"/>: zero where there is nothing. What could not be counted, or
    /// is counted by somebody else, is what it was.
    /// </summary>
    /// <param name="hard">The limits.</param>
    /// <param name="usage">What was counted.</param>
    /// <param name="before">What the status says so far.</param>
    /// <param name="failed">Resources that could not be listed.</param>
    public static ValueMap<Quantity> Used(
        ValueMap<Quantity> hard, ValueMap<Quantity> usage, ValueMap<Quantity> before,
        IReadOnlyCollection<ResourceDefinition> failed)
    {
        var used = default(ValueMap<Quantity>);
        foreach (var name in hard.Keys)
        {
            var counted = Find(name).ToList();
            if (counted.Count > 0 && !counted.Any(failed.Contains))
            {
                used = used.Set(name, usage.Get(name));
            }
            else if (before.TryGetValue(name, out var known))
            {
                used = used.Set(name, known);
            }
        }

        return used;
    }

    /// <summary>True when a quota of these limits may have more room after one of the resource went.</summary>
    public static bool Concerns(ValueMap<Quantity> hard, ResourceDefinition resource) =>
        hard.Keys.Any(name => Find(name).Contains(resource));

    /// <summary>The object uses less of something than it did.</summary>
    public static bool GivesBack(ResourceDefinition resource, object old, object next, DateTimeOffset now)
    {
        var usage = QuotaUsage.Of(resource.Group, resource.Plural, next, now);
        return QuotaUsage.Of(resource.Group, resource.Plural, old, now)
            .Any(pair => pair.Value > usage.Get(pair.Key));
    }

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
            resource.Stored && resource.Namespaced && !QuotaUsage.IsIgnored(resource.Group, resource.Plural)
            && qualified.Contains(resource.QualifiedName));
    }
}
