using System.Globalization;
using Netes.Api;
using Netes.Api.Apps;

namespace Netes.ControlPlane;

/// <summary>
/// Questions about deployments and their replica sets. Source: pkg/controller/deployment/util/deployment_util.go.
/// </summary>
internal static class DeploymentFacts
{
    public const string RevisionAnnotation = "deployment.kubernetes.io/revision";
    public const string RevisionHistoryAnnotation = "deployment.kubernetes.io/revision-history";
    public const string DesiredReplicasAnnotation = "deployment.kubernetes.io/desired-replicas";
    public const string MaxReplicasAnnotation = "deployment.kubernetes.io/max-replicas";
    public const string RollbackToAnnotation = "deprecated.deployment.rollback.to";
    public const string LastAppliedAnnotation = "kubectl.kubernetes.io/last-applied-configuration";
    public const string PodTemplateHashLabel = "pod-template-hash";

    public static int Replicas(Deployment deployment) => deployment.Spec.Replicas ?? 1;

    public static int Replicas(ReplicaSet set) => set.Spec.Replicas ?? 1;

    public static int Replicas(IEnumerable<ReplicaSet> sets) => sets.Sum(Replicas);

    /// <summary>
    /// The available pods that the set will keep: when it is smaller already than what it has, the rest goes.
    /// </summary>
    public static int Available(ReplicaSet set) => Math.Min(set.Status.AvailableReplicas, Replicas(set));

    public static bool IsRolling(Deployment deployment) =>
        deployment.Spec.Strategy.Type == DeploymentStrategyType.RollingUpdate;

    /// <summary>No deadline is told by the largest number, too.</summary>
    public static bool HasProgressDeadline(Deployment deployment) =>
        deployment.Spec.ProgressDeadlineSeconds is { } seconds and not int.MaxValue && seconds >= 0;

    public static int MaxSurge(Deployment deployment) =>
        IsRolling(deployment) ? Fenceposts(deployment).Surge : 0;

    public static int MaxUnavailable(Deployment deployment)
    {
        var replicas = Replicas(deployment);
        return !IsRolling(deployment) || replicas == 0
            ? 0
            : Math.Min(Fenceposts(deployment).Unavailable, replicas);
    }

    public static int MinAvailable(Deployment deployment) => Replicas(deployment) - MaxUnavailable(deployment);

    /// <summary>Surge rounds up, unavailability down; when both are nothing, one pod may be unavailable.</summary>
    private static (int Surge, int Unavailable) Fenceposts(Deployment deployment)
    {
        var rolling = deployment.Spec.Strategy.RollingUpdate;
        var replicas = Replicas(deployment);
        var surge = rolling?.MaxSurge?.Scaled(replicas, roundUp: true) ?? 0;
        var unavailable = rolling?.MaxUnavailable?.Scaled(replicas, roundUp: false) ?? 0;
        return surge == 0 && unavailable == 0 ? (0, 1) : (surge, unavailable);
    }

    public static DeploymentCondition? Condition(DeploymentStatus status, string type) =>
        status.Conditions.FirstOrDefault(condition => condition.Type == type);

    public static bool IsComplete(Deployment deployment, DeploymentStatus status)
    {
        var replicas = Replicas(deployment);
        return status.UpdatedReplicas == replicas && status.Replicas == replicas
            && status.AvailableReplicas == replicas && status.ObservedGeneration >= deployment.Metadata.Generation;
    }

    public static long Revision(ReplicaSet set) => Number(set, RevisionAnnotation) ?? 0;

    public static long? Number(ReplicaSet set, string annotation) =>
        long.TryParse(set.Metadata.Annotations.Get(annotation, ""), NumberStyles.AllowLeadingSign,
            CultureInfo.InvariantCulture, out var value) ? value : null;

    /// <summary>Oldest first; by name where the second is the same.</summary>
    public static IOrderedEnumerable<ReplicaSet> ByAge(IEnumerable<ReplicaSet> sets) => sets
        .OrderBy(set => set.Metadata.CreationTimestamp?.UnixSeconds ?? 0)
        .ThenBy(set => set.Metadata.Name, StringComparer.Ordinal);

    /// <summary>The set with the deployment's template; of several the oldest.</summary>
    public static ReplicaSet? FindNew(Deployment deployment, IEnumerable<ReplicaSet> sets) =>
        ByAge(sets).FirstOrDefault(set => HasTemplateOf(set, deployment));

    public static bool HasTemplateOf(ReplicaSet set, Deployment deployment) =>
        WithoutHash(set.Spec.Template) == WithoutHash(deployment.Spec.Template);

    public static Api.Core.PodTemplateSpec WithoutHash(Api.Core.PodTemplateSpec template) => template with
    {
        Metadata = template.Metadata with { Labels = template.Metadata.Labels.Remove(PodTemplateHashLabel) },
    };
}
