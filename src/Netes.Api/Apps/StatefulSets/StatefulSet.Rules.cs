using Netes.Api.Core;

namespace Netes.Api.Apps;

/// <summary>Source: SetDefaults_StatefulSet and ValidateStatefulSet under pkg/apis/apps.</summary>
internal static class StatefulSetRules
{
    private const string Updatable = "updates to statefulset spec for fields other than 'replicas', 'ordinals', "
        + "'template', "
        + "'updateStrategy', 'revisionHistoryLimit', 'persistentVolumeClaimRetentionPolicy' and "
        + "'minReadySeconds' are forbidden";

    private static readonly FieldPath Spec = FieldPath.Of("spec");
    private static readonly FieldPath Status = FieldPath.Of("status");

    public static StatefulSet Default(StatefulSet set)
    {
        var strategy = set.Spec.UpdateStrategy;
        strategy = strategy.Type.Length == 0
            ? strategy with { Type = StatefulSetUpdateStrategyType.RollingUpdate }
            : strategy;
        if (strategy.Type == StatefulSetUpdateStrategyType.RollingUpdate)
        {
            var rolling = strategy.RollingUpdate ?? RollingUpdateStatefulSetStrategy.Empty;
            strategy = strategy with { RollingUpdate = rolling with { Partition = rolling.Partition ?? 0 } };
        }

        var retention = set.Spec.PersistentVolumeClaimRetentionPolicy
            ?? StatefulSetPersistentVolumeClaimRetentionPolicy.Empty;
        const string retain = PersistentVolumeClaimRetentionPolicyType.Retain;
        return set with
        {
            Spec = set.Spec with
            {
                Replicas = set.Spec.Replicas ?? 1,
                PodManagementPolicy = set.Spec.PodManagementPolicy.Length == 0
                    ? PodManagementPolicyType.OrderedReady
                    : set.Spec.PodManagementPolicy,
                UpdateStrategy = strategy,
                RevisionHistoryLimit = set.Spec.RevisionHistoryLimit ?? 10,
                PersistentVolumeClaimRetentionPolicy = retention with
                {
                    WhenDeleted = retention.WhenDeleted.Length == 0 ? retain : retention.WhenDeleted,
                    WhenScaled = retention.WhenScaled.Length == 0 ? retain : retention.WhenScaled,
                },
                Template = PodSpecDefaults.Apply(set.Spec.Template),
                VolumeClaimTemplates = set.Spec.VolumeClaimTemplates.Map(PersistentVolumeClaimRules.Default),
            },
        };
    }

    public static StatefulSet PrepareCreate(StatefulSet set) => set with { Status = StatefulSetStatus.Empty };

    public static List<FieldError> Validate(StatefulSet set)
    {
        List<FieldError> errors = [];
        var (spec, path) = (set.Spec, Spec.Child("template"));
        ValidatePolicies(spec, errors);
        errors.NotNegative(Spec.Child("replicas"), spec.Replicas);
        errors.NotNegative(Spec.Child("minReadySeconds"), spec.MinReadySeconds);
        errors.NotNegative(Spec.Child("revisionHistoryLimit"), spec.RevisionHistoryLimit);
        errors.NotNegative(Spec.Child("ordinals").Child("start"), spec.Ordinals?.Start);
        Workloads.ValidateSelector(spec.Selector, Spec.Child("selector"), "statefulset", errors);
        Workloads.ValidateMatch(spec.Template, spec.Selector, path, errors);
        PodTemplateValidation.Validate(WithClaims(spec), path, errors);
        for (var i = 0; i < spec.VolumeClaimTemplates.Count; i++)
        {
            ClaimRules.Validate(
                spec.VolumeClaimTemplates[i].Spec, Spec.Child("volumeClaimTemplates").Index(i).Child("spec"), errors);
        }

        if (spec.ServiceName.Length > 0)
        {
            errors.Invalid(Spec.Child("serviceName"), spec.ServiceName, Names.Dns1123Label(spec.ServiceName));
        }

        errors.OneOf(path.Child("spec").Child("restartPolicy"), spec.Template.Spec.RestartPolicy, RestartPolicy.Always);
        if (spec.Template.Spec.ActiveDeadlineSeconds is not null)
        {
            errors.Forbidden(path.Child("spec").Child("activeDeadlineSeconds"),
                "activeDeadlineSeconds in StatefulSet is not Supported");
        }

        return errors;
    }

    public static List<FieldError> ValidateUpdate(StatefulSet next, StatefulSet old)
    {
        var errors = Validate(next);
        var kept = next.Spec with
        {
            Replicas = old.Spec.Replicas,
            Ordinals = old.Spec.Ordinals,
            Template = old.Spec.Template,
            UpdateStrategy = old.Spec.UpdateStrategy,
            RevisionHistoryLimit = old.Spec.RevisionHistoryLimit,
            PersistentVolumeClaimRetentionPolicy = old.Spec.PersistentVolumeClaimRetentionPolicy,
            MinReadySeconds = old.Spec.MinReadySeconds,
        };
        if (kept != old.Spec)
        {
            errors.Forbidden(Spec, Updatable);
        }

        return errors;
    }

    public static List<FieldError> ValidateStatusUpdate(StatefulSet next, StatefulSet old)
    {
        List<FieldError> errors = [];
        var status = next.Status;
        errors.NotNegative(Status.Child("replicas"), status.Replicas);
        errors.NotNegative(Status.Child("readyReplicas"), status.ReadyReplicas);
        errors.NotNegative(Status.Child("currentReplicas"), status.CurrentReplicas);
        errors.NotNegative(Status.Child("updatedReplicas"), status.UpdatedReplicas);
        errors.NotNegative(Status.Child("availableReplicas"), status.AvailableReplicas);
        errors.NotNegative(Status.Child("observedGeneration"), status.ObservedGeneration);
        Workloads.AtMost(status.ReadyReplicas, status.Replicas, "readyReplicas", errors);
        Workloads.AtMost(status.CurrentReplicas, status.Replicas, "currentReplicas", errors);
        Workloads.AtMost(status.UpdatedReplicas, status.Replicas, "updatedReplicas", errors);
        Workloads.AtMost(status.AvailableReplicas, status.Replicas, "availableReplicas", errors);
        Workloads.AtMostReady(status.AvailableReplicas, status.ReadyReplicas, errors);
        Workloads.ValidateCollisions(status.CollisionCount, old.Status.CollisionCount, errors);
        return errors;
    }

    // Containers may mount what the set's claims will provide: each claim is a volume of its name.
    private static PodTemplateSpec WithClaims(StatefulSetSpec spec)
    {
        var claims = spec.VolumeClaimTemplates.Select(claim => claim.Metadata.Name).ToHashSet(StringComparer.Ordinal);
        var source = VolumeSource.Empty with
        {
            PersistentVolumeClaim = PersistentVolumeClaimVolumeSource.Empty with { ClaimName = "claim" },
        };
        var own = spec.Template.Spec.Volumes.Map(volume =>
            claims.Remove(volume.Name) ? volume with { VolumeSource = source } : volume);
        var more = claims.Select(name => Volume.Empty with { Name = name, VolumeSource = source });
        return spec.Template with { Spec = spec.Template.Spec with { Volumes = own.AddRange(more) } };
    }

    private static void ValidatePolicies(StatefulSetSpec spec, List<FieldError> errors)
    {
        if (spec.PodManagementPolicy is not (PodManagementPolicyType.OrderedReady or PodManagementPolicyType.Parallel))
        {
            errors.Invalid(
                Spec.Child("podManagementPolicy"), spec.PodManagementPolicy, "must be 'OrderedReady' or 'Parallel'");
        }

        var (strategy, path) = (spec.UpdateStrategy, Spec.Child("updateStrategy"));
        switch (strategy.Type)
        {
            case StatefulSetUpdateStrategyType.OnDelete:
                if (strategy.RollingUpdate is { } unused)
                {
                    errors.Invalid(path.Child("rollingUpdate"), Shown.Of(unused),
                        "only allowed for updateStrategy 'RollingUpdate'");
                }

                break;
            case StatefulSetUpdateStrategyType.RollingUpdate:
                errors.NotNegative(path.Child("rollingUpdate").Child("partition"), strategy.RollingUpdate?.Partition);
                if (strategy.RollingUpdate?.MaxUnavailable is { } amount)
                {
                    Workloads.ValidateAmount(amount, path.Child("rollingUpdate").Child("maxUnavailable"), errors);
                    Workloads.AtMostAll(amount, path.Child("rollingUpdate").Child("maxUnavailable"), errors);
                }

                break;
            default:
                errors.Invalid(path, Shown.Of(strategy), "must be 'RollingUpdate' or 'OnDelete'");
                break;
        }

        if (spec.PersistentVolumeClaimRetentionPolicy is { } retention)
        {
            var at = Spec.Child("persistentVolumeClaimRetentionPolicy");
            const string delete = PersistentVolumeClaimRetentionPolicyType.Delete;
            const string retain = PersistentVolumeClaimRetentionPolicyType.Retain;
            errors.OneOf(at.Child("whenDeleted"), retention.WhenDeleted, delete, retain);
            errors.OneOf(at.Child("whenScaled"), retention.WhenScaled, delete, retain);
        }
    }
}
