namespace Netes.Api.Autoscaling.V1;

/// <summary>Source: pkg/apis/autoscaling/v1/defaults.go, pkg/apis/autoscaling/validation/validation.go.</summary>
internal static class HorizontalPodAutoscalerRules
{
    public static HorizontalPodAutoscaler Default(HorizontalPodAutoscaler scaler) => scaler with
    {
        Spec = scaler.Spec with { MinReplicas = scaler.Spec.MinReplicas ?? 1 },
    };

    public static List<FieldError> Validate(HorizontalPodAutoscaler scaler)
    {
        List<FieldError> errors = [];
        Autoscaling.HorizontalPodAutoscalerRules.ValidateBounds(
            scaler.Spec.MinReplicas, scaler.Spec.MaxReplicas, errors);
        var target = scaler.Spec.ScaleTargetRef;
        Autoscaling.HorizontalPodAutoscalerRules.ValidateTarget(target.Kind, target.Name, errors);
        if (scaler.Spec.TargetCPUUtilizationPercentage < 1)
        {
            errors.Invalid(FieldPath.Of("spec").Child("targetCPUUtilizationPercentage"),
                scaler.Spec.TargetCPUUtilizationPercentage, "must be greater than 0");
        }

        return errors;
    }
}
