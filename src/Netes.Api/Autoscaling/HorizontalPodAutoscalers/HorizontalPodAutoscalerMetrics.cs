namespace Netes.Api.Autoscaling;

/// <summary>Source: validateMetrics of pkg/apis/autoscaling/validation/validation.go.</summary>
internal static class HorizontalPodAutoscalerMetrics
{
    public static void Validate(ValueList<MetricSpec> metrics, FieldPath path, List<FieldError> errors)
    {
        for (var i = 0; i < metrics.Count; i++)
        {
            Validate(metrics[i], path.Index(i), errors);
        }
    }

    private static void Validate(MetricSpec metric, FieldPath path, List<FieldError> errors)
    {
        errors.RequireText(path.Child("type"), metric.Type, "must specify a metric source type");
        if (metric.Type.Length == 0)
        {
            return;
        }

        errors.OneOf(path.Child("type"), metric.Type, MetricSourceType.ContainerResource, MetricSourceType.External,
            MetricSourceType.Object, MetricSourceType.Pods, MetricSourceType.Resource);
        (string Type, string Field, bool IsSet)[] sources =
        [
            (MetricSourceType.Object, "object", metric.Object is not null),
            (MetricSourceType.External, "external", metric.External is not null),
            (MetricSourceType.Pods, "pods", metric.Pods is not null),
            (MetricSourceType.Resource, "resource", metric.Resource is not null),
            (MetricSourceType.ContainerResource, "containerResource", metric.ContainerResource is not null),
        ];
        foreach (var (type, field, isSet) in sources)
        {
            if (metric.Type == type && !isSet)
            {
                errors.Required(path.Child(field), "must populate information for the given metric source");
            }
            else if (metric.Type != type && isSet)
            {
                errors.Forbidden(path.Child(field), "must populate the given metric source only");
            }
        }

        ValidateSource(metric, path, errors);
    }

    private static void ValidateSource(MetricSpec metric, FieldPath path, List<FieldError> errors)
    {
        if (metric.Resource is { } resource)
        {
            errors.RequireText(path.Child("resource").Child("name"), resource.Name, "must specify a resource name");
            ValidateResource(resource.Target, path.Child("resource").Child("target"), errors);
        }

        if (metric.ContainerResource is { } container)
        {
            var at = path.Child("containerResource");
            errors.RequireText(at.Child("name"), container.Name, "must specify a resource name");
            errors.RequireText(at.Child("container"), container.Container, "must specify a container");
            ValidateResource(container.Target, at.Child("target"), errors);
        }

        if (metric.Pods is { } pods)
        {
            ValidateIdentifier(pods.Metric, path.Child("pods").Child("metric"), errors);
            Validate(pods.Target, path.Child("pods").Child("target"), errors);
            if (pods.Target.AverageValue is null || pods.Target.AverageValue <= Quantity.Zero)
            {
                errors.Required(
                    path.Child("pods").Child("target").Child("averageValue"),
                        "must specify a positive target averageValue");
            }
        }

        if (metric.Object is { } described)
        {
            ValidateIdentifier(described.Metric, path.Child("object").Child("metric"), errors);
            ValidateValue(described.Target, path.Child("object").Child("target"), errors);
        }

        if (metric.External is { } external)
        {
            ValidateIdentifier(external.Metric, path.Child("external").Child("metric"), errors);
            ValidateValue(external.Target, path.Child("external").Child("target"), errors);
        }
    }

    private static void ValidateResource(MetricTarget target, FieldPath path, List<FieldError> errors)
    {
        Validate(target, path, errors);
        switch (target)
        {
            case { AverageUtilization: null, AverageValue: null }:
                errors.Required(
                    path.Child("averageUtilization"), "must set either a target raw value or a target utilization");
                break;
            case { AverageUtilization: not null, AverageValue: not null }:
                errors.Forbidden(
                    path.Child("averageValue"), "may not set both a target raw value and a target utilization");
                break;
        }
    }

    private static void ValidateValue(MetricTarget target, FieldPath path, List<FieldError> errors)
    {
        Validate(target, path, errors);
        if (target is { Value: null, AverageValue: null })
        {
            errors.Required(path.Child("averageValue"),
                "must set either a target value for metric or a per-pod target");
        }
    }

    private static void Validate(MetricTarget target, FieldPath path, List<FieldError> errors)
    {
        errors.RequireText(path.Child("type"), target.Type, "must specify a metric target type");
        if (target.Type.Length > 0 && target.Type is not
            (MetricTargetType.Utilization or MetricTargetType.Value or MetricTargetType.AverageValue))
        {
            errors.Invalid(path.Child("type"), target.Type, "must be either Utilization, Value, or AverageValue");
        }

        if (target.AverageUtilization < 1)
        {
            errors.Invalid(path.Child("averageUtilization"), target.AverageUtilization, "must be greater than 0");
        }

        foreach (var (field, amount) in ((string, Quantity?)[])
            [("value", target.Value), ("averageValue", target.AverageValue)])
        {
            if (amount <= Quantity.Zero)
            {
                errors.Invalid(path.Child(field), amount, "must be positive");
            }
        }
    }

    private static void ValidateIdentifier(MetricIdentifier metric, FieldPath path, List<FieldError> errors)
    {
        errors.RequireText(path.Child("name"), metric.Name, "must specify a metric name");
        errors.Invalid(path.Child("name"), metric.Name, Names.PathSegment(metric.Name));
    }
}
