using Netes.Api;
using Netes.Api.Core;
using Netes.Api.Meta;
using Netes.Api.Rbac;
using Netes.Api.Scheduling;
using Netes.ApiServer.Authorization.Rbac;

namespace Netes.ApiServer.Authorization.Bootstrap;

/// <summary>
/// Puts what every cluster has into the store at start: namespaces, priority classes, roles and bindings. What is there
/// is only added to, and only where its autoupdate annotation is not false.
/// Source: pkg/registry/rbac/rest/storage_rbac.go; pkg/registry/rbac/reconciliation.
/// </summary>
public sealed class BootstrapPolicy(IObjectReader objects, IObjectWriter writer, FeatureGates features)
{
    private static readonly string[] Namespaces = ["kube-system", "kube-public", "kube-node-lease", "default"];

    private static readonly (string Name, int Value, string Description)[] PriorityClasses =
    [
        ("system-node-critical", 2_000_001_000,
            "Used for system critical pods that must not be moved from their current node."),
        ("system-cluster-critical", 2_000_000_000,
            "Used for system critical pods that must run in the cluster, but can be moved to another node if "
                + "necessary."),
    ];

    /// <summary>Call it before the server answers requests; again is harmless.</summary>
    public async Task ReconcileAsync(CancellationToken cancel)
    {
        foreach (var name in Namespaces)
        {
            await CreateIfAbsentAsync(new Namespace { Metadata = new ObjectMeta { Name = name } }, cancel);
        }

        foreach (var (name, value, description) in PriorityClasses)
        {
            await CreateIfAbsentAsync(
                new PriorityClass
                {
                    Metadata = new ObjectMeta { Name = name },
                    Value = value,
                    Description = description,
                    PreemptionPolicy = "PreemptLowerPriority",
                },
                cancel);
        }

        foreach (var role in BootstrapRoles.ClusterRoles.Concat(FeatureRoles.ClusterRoles(features)))
        {
            await ReconcileAsync(role, Merge, cancel);
        }

        foreach (var role in BootstrapRoles.Roles)
        {
            await ReconcileAsync(role, Merge, cancel);
        }

        foreach (var binding in BootstrapRoles.ClusterRoleBindings.Concat(FeatureRoles.ClusterRoleBindings(features)))
        {
            await ReconcileAsync(binding, Merge, cancel);
        }

        foreach (var binding in BootstrapRoles.RoleBindings)
        {
            await ReconcileAsync(binding, Merge, cancel);
        }
    }

    private async Task ReconcileAsync<T>(T wanted, Func<T, T, T> merge, CancellationToken cancel)
        where T : class, IResource<T>
    {
        var metadata = wanted.Metadata;
        var there = objects.Get<T>(metadata.Namespace, metadata.Name);
        if (there is null)
        {
            await CreateIfAbsentAsync(wanted, cancel);
            return;
        }

        if (there.Metadata.Annotations.Get(BootstrapRoles.AutoUpdate, "") == "false")
        {
            return;
        }

        var next = merge(there.WithMetadata(MergeMetadata(there.Metadata, metadata)), wanted);
        if (next.Equals(there))
        {
            return;
        }

        try
        {
            await writer.UpdateAsync(next, cancel);
        }
        catch (ApiException failure) when (failure.IsConflict)
        {
            // Another server of the cluster has just done the same.
            return;
        }
    }

    private async Task CreateIfAbsentAsync<T>(T wanted, CancellationToken cancel)
        where T : class, IResource<T>
    {
        if (objects.Get<T>(wanted.Metadata.Namespace, wanted.Metadata.Name) is not null)
        {
            return;
        }

        try
        {
            await writer.CreateAsync(wanted, cancel);
        }
        catch (ApiException failure) when (failure.IsAlreadyExists)
        {
            // Another server of the cluster was quicker.
            return;
        }
    }

    private static ObjectMeta MergeMetadata(ObjectMeta there, ObjectMeta wanted)
    {
        var (labels, annotations) = (there.Labels, there.Annotations);
        foreach (var (key, value) in wanted.Labels)
        {
            labels = labels.ContainsKey(key) ? labels : labels.Set(key, value);
        }

        foreach (var (key, value) in wanted.Annotations)
        {
            annotations = annotations.ContainsKey(key) ? annotations : annotations.Set(key, value);
        }

        return there with { Labels = labels, Annotations = annotations };
    }

    private static ClusterRole Merge(ClusterRole there, ClusterRole wanted)
    {
        if (wanted.AggregationRule is { } rule)
        {
            var selectors = there.AggregationRule?.ClusterRoleSelectors ?? default;
            var missing = rule.ClusterRoleSelectors.Where(selector => !selectors.Contains(selector)).ToList();
            return missing.Count == 0
                ? there
                : there with
                {
                    AggregationRule = new AggregationRule { ClusterRoleSelectors = selectors.AddRange(missing) },
                };
        }

        return there with { Rules = Merge(there.Rules, wanted.Rules) };
    }

    private static Role Merge(Role there, Role wanted) => there with { Rules = Merge(there.Rules, wanted.Rules) };

    private static ValueList<PolicyRule> Merge(ValueList<PolicyRule> there, ValueList<PolicyRule> wanted)
    {
        var missing = RuleCoverage.FindMissing([.. there], wanted);
        return missing.Count == 0 ? there : there.AddRange(RuleCoverage.Compact(missing));
    }

    private static ClusterRoleBinding Merge(ClusterRoleBinding there, ClusterRoleBinding wanted) =>
        there with { Subjects = Merge(there.Subjects, wanted.Subjects) };

    private static RoleBinding Merge(RoleBinding there, RoleBinding wanted) =>
        there with { Subjects = Merge(there.Subjects, wanted.Subjects) };

    private static ValueList<Subject> Merge(ValueList<Subject> there, ValueList<Subject> wanted) =>
        there.AddRange(wanted.Where(subject => !there.Contains(subject)).ToList());
}
