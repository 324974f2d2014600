using System.Globalization;
using Netes.Api.Core;

namespace Netes.Api.Apps;

/// <summary>Source: SetDefaults_DaemonSet and ValidateDaemonSet under pkg/apis/apps.</summary>
internal static class DaemonSetRules
{
    private const string TemplateGeneration = "deprecated.daemonset.template.generation";

    private static readonly FieldPath Spec = FieldPath.Of("spec");
    private static readonly FieldPath Status = FieldPath.Of("status");

    public static DaemonSet Default(DaemonSet set)
    {
        var strategy = set.Spec.UpdateStrategy;
        strategy = strategy.Type.Length == 0
            ? strategy with { Type = DaemonSetUpdateStrategyType.RollingUpdate }
            : strategy;
        if (strategy.Type == DaemonSetUpdateStrategyType.RollingUpdate)
        {
            var rolling = strategy.RollingUpdate ?? RollingUpdateDaemonSet.Empty;
            strategy = strategy with
            {
                RollingUpdate = rolling with
                {
                    MaxUnavailable = rolling.MaxUnavailable ?? 1,
                    MaxSurge = rolling.MaxSurge ?? 0,
                },
            };
        }

        return set with
        {
            Spec = set.Spec with
            {
                UpdateStrategy = strategy,
                RevisionHistoryLimit = set.Spec.RevisionHistoryLimit ?? 10,
                Template = PodSpecDefaults.Apply(set.Spec.Template),
            },
        };
    }

    public static DaemonSet PrepareCreate(DaemonSet set) =>
        WithGeneration(set with { Status = DaemonSetStatus.Empty }, 1);

    /// <summary>The template's generation counts its changes.</summary>
    public static DaemonSet PrepareUpdate(DaemonSet next, DaemonSet old)
    {
        var known = old.Metadata.Annotations.Get(TemplateGeneration, "");
        var generation = long.TryParse(known, NumberStyles.None, CultureInfo.InvariantCulture, out var number)
            ? number
            : 0;
        return WithGeneration(next, next.Spec.Template == old.Spec.Template ? generation : generation + 1);
    }

    private static DaemonSet WithGeneration(DaemonSet set, long generation) => generation == 0 ? set : set with
    {
        Metadata = set.Metadata with
        {
            Annotations = set.Metadata.Annotations.Set(
                TemplateGeneration, generation.ToString(CultureInfo.InvariantCulture)),
        },
    };

    public static List<FieldError> Validate(DaemonSet set)
    {
        List<FieldError> errors = [];
        var (spec, path) = (set.Spec, Spec.Child("template"));
        SelectorRules.Validate(spec.Selector, Spec.Child("selector"), errors);
        Workloads.ValidateMatch(spec.Template, spec.Selector, path, errors);
        if (spec.Selector is { MatchLabels.IsEmpty: true, MatchExpressions.IsEmpty: true })
        {
            errors.Invalid(Spec.Child("selector"), Shown.Of(spec.Selector), "empty selector is invalid for daemonset");
        }
        else if (spec.Selector is null)
        {
            errors.Required(Spec.Child("selector"));
        }

        PodTemplateValidation.Validate(spec.Template, path, errors);
        errors.OneOf(path.Child("spec").Child("restartPolicy"), spec.Template.Spec.RestartPolicy, RestartPolicy.Always);
        if (spec.Template.Spec.ActiveDeadlineSeconds is not null)
        {
            errors.Forbidden(path.Child("spec").Child("activeDeadlineSeconds"),
                "activeDeadlineSeconds in DaemonSet is not Supported");
        }

        errors.NotNegative(Spec.Child("minReadySeconds"), spec.MinReadySeconds);
        ValidateStrategy(spec.UpdateStrategy, Spec.Child("updateStrategy"), errors);
        errors.NotNegative(Spec.Child("revisionHistoryLimit"), spec.RevisionHistoryLimit);
        return errors;
    }

    public static List<FieldError> ValidateUpdate(DaemonSet next, DaemonSet old)
    {
        var errors = Validate(next);
        errors.Immutable(Spec.Child("selector"), next.Spec.Selector, old.Spec.Selector);
        return errors;
    }

    public static List<FieldError> ValidateStatusUpdate(DaemonSet next, DaemonSet old)
    {
        List<FieldError> errors = [];
        var status = next.Status;
        errors.NotNegative(Status.Child("currentNumberScheduled"), status.CurrentNumberScheduled);
        errors.NotNegative(Status.Child("numberMisscheduled"), status.NumberMisscheduled);
        errors.NotNegative(Status.Child("desiredNumberScheduled"), status.DesiredNumberScheduled);
        errors.NotNegative(Status.Child("numberReady"), status.NumberReady);
        errors.NotNegative(Status.Child("observedGeneration"), status.ObservedGeneration);
        errors.NotNegative(Status.Child("updatedNumberScheduled"), status.UpdatedNumberScheduled);
        errors.NotNegative(Status.Child("numberAvailable"), status.NumberAvailable);
        errors.NotNegative(Status.Child("numberUnavailable"), status.NumberUnavailable);
        Workloads.ValidateCollisions(status.CollisionCount, old.Status.CollisionCount, errors);
        return errors;
    }

    private static void ValidateStrategy(DaemonSetUpdateStrategy strategy, FieldPath path, List<FieldError> errors)
    {
        switch (strategy)
        {
            case { Type: DaemonSetUpdateStrategyType.OnDelete }:
                break;
            case { Type: DaemonSetUpdateStrategyType.RollingUpdate, RollingUpdate: null }:
                errors.Required(path.Child("rollingUpdate"));
                break;
            case { Type: DaemonSetUpdateStrategyType.RollingUpdate }:
                ValidateRolling(strategy.RollingUpdate, path.Child("rollingUpdate"), errors);
                break;
            default:
                errors.Add(FieldError.NotSupported(path, Shown.Of(strategy),
                    [DaemonSetUpdateStrategyType.RollingUpdate, DaemonSetUpdateStrategyType.OnDelete]));
                break;
        }
    }

    private static void ValidateRolling(RollingUpdateDaemonSet rolling, FieldPath path, List<FieldError> errors)
    {
        var (unavailable, surge) = (rolling.MaxUnavailable ?? 0, rolling.MaxSurge ?? 0);
        Workloads.ValidateAmount(unavailable, path.Child("maxUnavailable"), errors);
        Workloads.ValidateAmount(surge, path.Child("maxSurge"), errors);
        Workloads.AtMostAll(unavailable, path.Child("maxUnavailable"), errors);
        Workloads.AtMostAll(surge, path.Child("maxSurge"), errors);
        switch (Workloads.ValueOf(unavailable) != 0, Workloads.ValueOf(surge) != 0)
        {
            case (true, true):
                errors.Invalid(path.Child("maxSurge"), surge, "may not be set when maxUnavailable is non-zero");
                break;
            case (false, false):
                errors.Required(path.Child("maxUnavailable"), "cannot be 0 when maxSurge is 0");
                break;
        }
    }
}
