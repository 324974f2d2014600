namespace Netes.Api.Core;

/// <summary>
/// Which objects a ResourceQuota counts. Source: pkg/quota/v1/evaluator/core/pods.go, podMatchesScopeFunc.
/// </summary>
public static class QuotaScopes
{
    /// <summary>
    /// True when the quota counts the object: without scopes all, with scopes pods that match every one.
    /// </summary>
    public static bool Match(ResourceQuotaSpec quota, object? value)
    {
        var requirements = quota.Scopes
            .Select(static scope => new ScopedResourceSelectorRequirement { ScopeName = scope, Operator = "Exists" })
            .Concat(quota.ScopeSelector?.MatchExpressions ?? default).ToList();
        return requirements.Count == 0 || (value is Pod pod && requirements.TrueForAll(one => Matches(one, pod.Spec)));
    }

    private static bool Matches(ScopedResourceSelectorRequirement requirement, PodSpec spec) =>
        requirement.ScopeName switch
    {
        ResourceQuotaScope.Terminating => spec.ActiveDeadlineSeconds is >= 0,
        ResourceQuotaScope.NotTerminating => spec.ActiveDeadlineSeconds is not >= 0,
        ResourceQuotaScope.BestEffort => IsBestEffort(spec),
        ResourceQuotaScope.NotBestEffort => !IsBestEffort(spec),
        ResourceQuotaScope.PriorityClass => MatchesClass(requirement, spec.PriorityClassName),
        ResourceQuotaScope.CrossNamespacePodAffinity => CrossesNamespaces(spec.Affinity),
        _ => false,
    };

    private static bool MatchesClass(ScopedResourceSelectorRequirement requirement, string name) =>
        requirement.Operator switch
        {
            ScopeSelectorOperator.Exists => name.Length > 0,
            ScopeSelectorOperator.DoesNotExist => name.Length == 0,
            ScopeSelectorOperator.In => requirement.Values.AsSpan().Contains(name),
            ScopeSelectorOperator.NotIn => !requirement.Values.AsSpan().Contains(name),
            _ => false,
        };

    private static bool IsBestEffort(PodSpec spec) => PodQuality.Compute(spec) == PodQOSClass.BestEffort;

    private static bool CrossesNamespaces(Affinity? affinity)
    {
        var terms = new List<PodAffinityTerm>();
        if (affinity?.PodAffinity is { } with)
        {
            terms.AddRange(with.RequiredDuringSchedulingIgnoredDuringExecution);
            terms.AddRange(with.PreferredDuringSchedulingIgnoredDuringExecution.Select(
                static one => one.PodAffinityTerm));
        }

        if (affinity?.PodAntiAffinity is { } without)
        {
            terms.AddRange(without.RequiredDuringSchedulingIgnoredDuringExecution);
            terms.AddRange(without.PreferredDuringSchedulingIgnoredDuringExecution.Select(
                static one => one.PodAffinityTerm));
        }

        return terms.Exists(static term => !term.Namespaces.IsEmpty || term.NamespaceSelector is not null);
    }
}
