using Netes.Api.Apps;

namespace Netes.ControlPlane;

/// <summary>One replica set gets a size. A size it has already only refreshes its annotations.</summary>
internal readonly record struct ScaleStep(string ReplicaSet, int Replicas);

/// <summary>
/// Which replica sets get which sizes next. Pure.
/// Source: pkg/controller/deployment/{rolling,recreate,sync}.go, util/deployment_util.go.
/// </summary>
internal static class RolloutPlan
{
    /// <summary>The size that the new set may have now: never more pods in all than the surge allows.</summary>
    public static int NewReplicas(Deployment deployment, IReadOnlyList<ReplicaSet> all, ReplicaSet newest)
    {
        var desired = DeploymentFacts.Replicas(deployment);
        if (!DeploymentFacts.IsRolling(deployment))
        {
            return desired;
        }

        var current = DeploymentFacts.Replicas(all);
        var most = desired + DeploymentFacts.MaxSurge(deployment);
        var own = DeploymentFacts.Replicas(newest);
        return current >= most ? own : own + Math.Min(most - current, desired - own);
    }

    /// <summary>The next step of a rolling update: first the new set grows, then the old ones shrink.</summary>
    public static IReadOnlyList<ScaleStep> Rolling(
        Deployment deployment, ReplicaSet newest, IReadOnlyList<ReplicaSet> old)
    {
        var desired = DeploymentFacts.Replicas(deployment);
        var own = DeploymentFacts.Replicas(newest);
        if (own != desired)
        {
            var next = own > desired ? desired : NewReplicas(deployment, [.. old, newest], newest);
            if (next != own)
            {
                return [new ScaleStep(newest.Metadata.Name, next)];
            }
        }

        return ShrinkOld(deployment, newest, [.. old.Where(set => DeploymentFacts.Replicas(set) > 0)]);
    }

    /// <summary>Recreate: all old sets go to zero.</summary>
    public static IReadOnlyList<ScaleStep> Emptied(IEnumerable<ReplicaSet> old) => old
        .Where(set => DeploymentFacts.Replicas(set) > 0)
        .Select(set => new ScaleStep(set.Metadata.Name, 0))
        .ToList();

    /// <summary>The deployment was resized, or is paused: the change is spread over its sets by their sizes.</summary>
    public static IReadOnlyList<ScaleStep> Resized(
        Deployment deployment, ReplicaSet? newest, IReadOnlyList<ReplicaSet> old)
    {
        var desired = DeploymentFacts.Replicas(deployment);
        if (ActiveOrLatest(newest, old) is { } only)
        {
            return DeploymentFacts.Replicas(only) == desired ? [] : [new ScaleStep(only.Metadata.Name, desired)];
        }

        if (IsSaturated(deployment, newest))
        {
            return Emptied(old);
        }

        return DeploymentFacts.IsRolling(deployment) ? Proportional(deployment, newest, old) : [];
    }

    private static List<ScaleStep> ShrinkOld(Deployment deployment, ReplicaSet newest, ReplicaSet[] old)
    {
        var all = DeploymentFacts.Replicas(old) + DeploymentFacts.Replicas(newest);
        var minAvailable = DeploymentFacts.MinAvailable(deployment);
        var newUnavailable = DeploymentFacts.Replicas(newest) - DeploymentFacts.Available(newest);
        var most = all - minAvailable - newUnavailable;
        var steps = new List<ScaleStep>();

        // A set that has just grown may still count pods that it was told to delete when it was smaller: wait for it.
        if (old.Length == 0 || most <= 0 || newest.Status.ObservedGeneration < newest.Metadata.Generation)
        {
            return steps;
        }

        // Pods that do not serve go first: they make room without loss.
        var sets = DeploymentFacts.ByAge(old).ToArray();
        var sizes = sets.Select(DeploymentFacts.Replicas).ToArray();
        var removed = 0;
        for (var i = 0; i < sets.Length && removed < most; i++)
        {
            var unhealthy = Math.Min(most - removed, sizes[i] - DeploymentFacts.Available(sets[i]));
            if (unhealthy > 0)
            {
                sizes[i] -= unhealthy;
                removed += unhealthy;
                steps.Add(new ScaleStep(sets[i].Metadata.Name, sizes[i]));
            }
        }

        // Kubernetes counts what the sets' status says, which may include pods that a set was just told to delete.
        var available = sets.Append(newest).Sum(DeploymentFacts.Available);
        var spare = available - minAvailable;
        for (var i = 0; i < sets.Length && spare > 0; i++)
        {
            var down = Math.Min(sizes[i], spare);
            if (down > 0)
            {
                sizes[i] -= down;
                spare -= down;
                steps.Add(new ScaleStep(sets[i].Metadata.Name, sizes[i]));
            }
        }

        return steps;
    }

    /// <summary>The one active set, or, when none is, the newest; null when several are active.</summary>
    private static ReplicaSet? ActiveOrLatest(ReplicaSet? newest, IReadOnlyList<ReplicaSet> old)
    {
        var all = newest is null ? old : [.. old, newest];
        var active = all.Where(set => DeploymentFacts.Replicas(set) > 0).ToList();
        return active.Count switch
        {
            0 => newest ?? DeploymentFacts.ByAge(old).LastOrDefault(),
            1 => active[0],
            _ => null,
        };
    }

    private static bool IsSaturated(Deployment deployment, ReplicaSet? newest)
    {
        var desired = DeploymentFacts.Replicas(deployment);
        return newest is not null
            && DeploymentFacts.Number(newest, DeploymentFacts.DesiredReplicasAnnotation) == desired
            && DeploymentFacts.Replicas(newest) == desired
            && newest.Status.AvailableReplicas == desired;
    }

    private static List<ScaleStep> Proportional(
        Deployment deployment, ReplicaSet? newest, IReadOnlyList<ReplicaSet> old)
    {
        var active = (newest is null ? old : [.. old, newest])
            .Where(set => DeploymentFacts.Replicas(set) > 0)
            .ToList();
        var desired = DeploymentFacts.Replicas(deployment);
        var allowed = desired > 0 ? desired + DeploymentFacts.MaxSurge(deployment) : 0;
        var toAdd = allowed - DeploymentFacts.Replicas(active);
        var ordered = BySize(active, newerFirst: toAdd > 0);
        var added = 0;
        var sizes = new List<int>();
        foreach (var set in ordered)
        {
            var share = toAdd == 0 ? 0 : Share(set, deployment, toAdd, added);
            sizes.Add(DeploymentFacts.Replicas(set) + share);
            added += share;
        }

        if (ordered.Count > 0 && toAdd != 0)
        {
            // What rounding left over goes to the largest.
            sizes[0] = Math.Max(0, sizes[0] + toAdd - added);
        }

        return [.. ordered.Zip(sizes, (set, size) => new ScaleStep(set.Metadata.Name, size))];
    }

    private static List<ReplicaSet> BySize(List<ReplicaSet> sets, bool newerFirst)
    {
        var bySize = sets.OrderByDescending(DeploymentFacts.Replicas);
        return newerFirst
            ? [.. bySize.ThenByDescending(set => set.Metadata.CreationTimestamp?.UnixSeconds ?? 0)
                .ThenByDescending(set => set.Metadata.Name, StringComparer.Ordinal)]
            : [.. bySize.ThenBy(set => set.Metadata.CreationTimestamp?.UnixSeconds ?? 0)
                .ThenBy(set => set.Metadata.Name, StringComparer.Ordinal)];
    }

    /// <summary>The part of what is added (or, negative, taken away) that falls to one set.</summary>
    private static int Share(ReplicaSet set, Deployment deployment, int toAdd, int added)
    {
        if (toAdd == added)
        {
            return 0;
        }

        var fraction = Fraction(set, deployment);
        return toAdd > 0 ? Math.Min(fraction, toAdd - added) : Math.Max(fraction, toAdd - added);
    }

    private static int Fraction(ReplicaSet set, Deployment deployment)
    {
        var desired = DeploymentFacts.Replicas(deployment);
        var own = DeploymentFacts.Replicas(set);
        if (desired == 0)
        {
            return -own;
        }

        var before = DeploymentFacts.Number(set, DeploymentFacts.MaxReplicasAnnotation) is { } annotated and > 0
            ? annotated
            : deployment.Status.Replicas;
        if (before == 0)
        {
            return 0;
        }

        var next = (double)own * (desired + DeploymentFacts.MaxSurge(deployment)) / before;
        return (int)Math.Round(next, MidpointRounding.AwayFromZero) - own;
    }
}
