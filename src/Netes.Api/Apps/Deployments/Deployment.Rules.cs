using Netes.Api.Core;

namespace Netes.Api.Apps;

/// <summary>
/// Source: SetDefaults_Deployment of pkg/apis/apps/v1/defaults.go, pkg/registry/apps/deployment/strategy.go,
/// ValidateDeployment of pkg/apis/apps/validation/validation.go.
/// </summary>
internal static class DeploymentRules
{
    private static readonly FieldPath Spec = FieldPath.Of("spec");
    private static readonly FieldPath Status = FieldPath.Of("status");

    public static Deployment Default(Deployment deployment)
    {
        var spec = deployment.Spec;
        var strategy = spec.Strategy.Type.Length == 0
            ? spec.Strategy with { Type = DeploymentStrategyType.RollingUpdate }
            : spec.Strategy;
        if (strategy.Type == DeploymentStrategyType.RollingUpdate)
        {
            var rolling = strategy.RollingUpdate ?? RollingUpdateDeployment.Empty;
            strategy = strategy with
            {
                RollingUpdate = rolling with
                {
                    MaxUnavailable = rolling.MaxUnavailable ?? "25%",
                    MaxSurge = rolling.MaxSurge ?? "25%",
                },
            };
        }

        return deployment with
        {
            Spec = spec with
            {
                Replicas = spec.Replicas ?? 1,
                Strategy = strategy,
                RevisionHistoryLimit = spec.RevisionHistoryLimit ?? 10,
                ProgressDeadlineSeconds = spec.ProgressDeadlineSeconds ?? 600,
                Template = PodSpecDefaults.Apply(spec.Template),
            },
        };
    }

    public static Deployment PrepareCreate(Deployment deployment) =>
        deployment with { Status = DeploymentStatus.Empty };

    public static List<FieldError> Validate(Deployment deployment)
    {
        List<FieldError> errors = [];
        var spec = deployment.Spec;
        errors.NotNegative(Spec.Child("replicas"), spec.Replicas);
        Workloads.ValidateSelector(spec.Selector, Spec.Child("selector"), "deployment", errors);
        Workloads.ValidateReplicaTemplate(spec.Template, spec.Selector, Spec.Child("template"), errors);
        ValidateStrategy(spec.Strategy, Spec.Child("strategy"), errors);
        errors.NotNegative(Spec.Child("minReadySeconds"), spec.MinReadySeconds);
        errors.NotNegative(Spec.Child("revisionHistoryLimit"), spec.RevisionHistoryLimit);
        errors.NotNegative(Spec.Child("progressDeadlineSeconds"), spec.ProgressDeadlineSeconds);
        if (spec.ProgressDeadlineSeconds <= spec.MinReadySeconds)
        {
            errors.Invalid(Spec.Child("progressDeadlineSeconds"), spec.ProgressDeadlineSeconds,
                "must be greater than minReadySeconds");
        }

        return errors;
    }

    public static List<FieldError> ValidateUpdate(Deployment next, Deployment old)
    {
        var errors = Validate(next);
        errors.Immutable(Spec.Child("selector"), next.Spec.Selector, old.Spec.Selector);
        return errors;
    }

    public static List<FieldError> ValidateStatusUpdate(Deployment next, Deployment old)
    {
        List<FieldError> errors = [];
        var status = next.Status;
        errors.NotNegative(Status.Child("observedGeneration"), status.ObservedGeneration);
        errors.NotNegative(Status.Child("replicas"), status.Replicas);
        errors.NotNegative(Status.Child("updatedReplicas"), status.UpdatedReplicas);
        errors.NotNegative(Status.Child("readyReplicas"), status.ReadyReplicas);
        errors.NotNegative(Status.Child("availableReplicas"), status.AvailableReplicas);
        errors.NotNegative(Status.Child("unavailableReplicas"), status.UnavailableReplicas);
        errors.NotNegative(Status.Child("collisionCount"), status.CollisionCount);
        Workloads.AtMost(status.UpdatedReplicas, status.Replicas, "updatedReplicas", errors);
        Workloads.AtMost(status.ReadyReplicas, status.Replicas, "readyReplicas", errors);
        Workloads.AtMost(status.AvailableReplicas, status.Replicas, "availableReplicas", errors);
        Workloads.AtMostReady(status.AvailableReplicas, status.ReadyReplicas, errors);
        Workloads.ValidateCollisions(status.CollisionCount, old.Status.CollisionCount, errors);
        return errors;
    }

    private static void ValidateStrategy(DeploymentStrategy strategy, FieldPath path, List<FieldError> errors)
    {
        var rolling = path.Child("rollingUpdate");
        switch (strategy)
        {
            case { Type: DeploymentStrategyType.Recreate }:
                if (strategy.RollingUpdate is not null)
                {
                    errors.Forbidden(rolling, "may not be specified when strategy `type` is 'Recreate'");
                }

                break;
            case { Type: DeploymentStrategyType.RollingUpdate, RollingUpdate: null }:
                errors.Required(rolling, "this should be defaulted and never be nil");
                break;
            case { Type: DeploymentStrategyType.RollingUpdate }:
                ValidateRolling(strategy.RollingUpdate, rolling, errors);
                break;
            default:
                errors.Add(FieldError.NotSupported(path, Shown.Of(strategy),
                    [DeploymentStrategyType.Recreate, DeploymentStrategyType.RollingUpdate]));
                break;
        }
    }

    private static void ValidateRolling(RollingUpdateDeployment rolling, FieldPath path, List<FieldError> errors)
    {
        var (unavailable, surge) = (rolling.MaxUnavailable ?? 0, rolling.MaxSurge ?? 0);
        Workloads.ValidateAmount(unavailable, path.Child("maxUnavailable"), errors);
        Workloads.ValidateAmount(surge, path.Child("maxSurge"), errors);
        if (Workloads.ValueOf(unavailable) == 0 && Workloads.ValueOf(surge) == 0)
        {
            errors.Invalid(path.Child("maxUnavailable"), unavailable, "may not be 0 when `maxSurge` is 0");
        }

        Workloads.AtMostAll(unavailable, path.Child("maxUnavailable"), errors);
    }
}
