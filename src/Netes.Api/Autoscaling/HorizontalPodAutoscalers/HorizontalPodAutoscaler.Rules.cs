namespace Netes.Api.Autoscaling;

/// <summary>Source: pkg/apis/autoscaling/v2/defaults.go, pkg/apis/autoscaling/validation/validation.go.</summary>
internal static class HorizontalPodAutoscalerRules
{
    private const int DefaultUtilization = 80;
    private const int MaxWindowSeconds = 3600;
    private const int MaxPeriodSeconds = 1800;
    private static readonly FieldPath Spec = FieldPath.Of("spec");

    private static readonly ValueList<HPAScalingPolicy> DoubleOrFour =
        [Policy(HPAScalingPolicyType.Pods, 4), Policy(HPAScalingPolicyType.Percent, 100)];

    private static readonly ValueList<HPAScalingPolicy> All = [Policy(HPAScalingPolicyType.Percent, 100)];

    public static HorizontalPodAutoscaler Default(HorizontalPodAutoscaler scaler)
    {
        var metrics = scaler.Spec.Metrics;
        if (metrics.IsEmpty)
        {
            metrics =
            [
                MetricSpec.Empty with
                {
                    Type = MetricSourceType.Resource,
                    Resource = ResourceMetricSource.Empty with
                    {
                        Name = Core.ResourceName.Cpu,
                        Target = MetricTarget.Empty with
                        {
                            Type = MetricTargetType.Utilization,
                            AverageUtilization = DefaultUtilization,
                        },
                    },
                },
            ];
        }

        return scaler with
        {
            Spec = scaler.Spec with
            {
                MinReplicas = scaler.Spec.MinReplicas ?? 1,
                Metrics = metrics,
                Behavior = scaler.Spec.Behavior is not { } behavior ? null : behavior with
                {
                    ScaleUp = Default(behavior.ScaleUp, 0, DoubleOrFour),
                    ScaleDown = Default(behavior.ScaleDown, null, All),
                },
            },
        };
    }

    public static List<FieldError> Validate(HorizontalPodAutoscaler scaler)
    {
        List<FieldError> errors = [];
        ValidateBounds(scaler.Spec.MinReplicas, scaler.Spec.MaxReplicas, errors);
        var target = scaler.Spec.ScaleTargetRef;
        ValidateTarget(target.Kind, target.Name, errors);
        HorizontalPodAutoscalerMetrics.Validate(scaler.Spec.Metrics, Spec.Child("metrics"), errors);
        if (scaler.Spec.Behavior is { } behavior)
        {
            Validate(behavior.ScaleUp, Spec.Child("behavior").Child("scaleUp"), errors);
            Validate(behavior.ScaleDown, Spec.Child("behavior").Child("scaleDown"), errors);
        }

        return errors;
    }

    public static void ValidateBounds(int? min, int max, List<FieldError> errors)
    {
        if (min < 1)
        {
            errors.Invalid(Spec.Child("minReplicas"), min, "must be greater than or equal to 1");
        }

        if (max < 1)
        {
            errors.Invalid(Spec.Child("maxReplicas"), max, "must be greater than 0");
        }

        if (max < min)
        {
            errors.Invalid(Spec.Child("maxReplicas"), max, "must be greater than or equal to `minReplicas`");
        }
    }

    public static void ValidateTarget(string kind, string name, List<FieldError> errors)
    {
        var path = Spec.Child("scaleTargetRef");
        foreach (var (field, value) in ((string, string)[])[("kind", kind), ("name", name)])
        {
            errors.RequireText(path.Child(field), value);
            errors.Invalid(path.Child(field), value, Names.PathSegment(value));
        }
    }

    private static HPAScalingRules Default(HPAScalingRules? rules, int? window, ValueList<HPAScalingPolicy> policies)
    {
        rules ??= HPAScalingRules.Empty;
        return rules with
        {
            StabilizationWindowSeconds = rules.StabilizationWindowSeconds ?? window,
            SelectPolicy = rules.SelectPolicy ?? ScalingPolicySelect.Max,
            Policies = rules.Policies.IsEmpty ? policies : rules.Policies,
        };
    }

    private static void Validate(HPAScalingRules? rules, FieldPath path, List<FieldError> errors)
    {
        if (rules is null)
        {
            return;
        }

        errors.NotNegative(path.Child("stabilizationWindowSeconds"), rules.StabilizationWindowSeconds);
        if (rules.StabilizationWindowSeconds > MaxWindowSeconds)
        {
            errors.Invalid(path.Child("stabilizationWindowSeconds"), rules.StabilizationWindowSeconds,
                $"must be less than or equal to {MaxWindowSeconds}");
        }

        if (rules.SelectPolicy is { } select)
        {
            errors.OneOf(path.Child("selectPolicy"), select,
                ScalingPolicySelect.Disabled, ScalingPolicySelect.Max, ScalingPolicySelect.Min);
        }

        if (rules.Policies.IsEmpty)
        {
            errors.Required(path.Child("policies"), "must specify at least one Policy");
        }

        for (var i = 0; i < rules.Policies.Count; i++)
        {
            var (policy, at) = (rules.Policies[i], path.Child("policies").Index(i));
            errors.OneOf(at.Child("type"), policy.Type, HPAScalingPolicyType.Percent, HPAScalingPolicyType.Pods);
            errors.Positive(at.Child("value"), policy.Value);
            errors.Positive(at.Child("periodSeconds"), policy.PeriodSeconds);
            if (policy.PeriodSeconds > MaxPeriodSeconds)
            {
                errors.Invalid(
                    at.Child("periodSeconds"), policy.PeriodSeconds,
                        $"must be less than or equal to {MaxPeriodSeconds}");
            }
        }
    }

    private static HPAScalingPolicy Policy(string type, int value) =>
        HPAScalingPolicy.Empty with { Type = type, Value = value, PeriodSeconds = 15 };
}
