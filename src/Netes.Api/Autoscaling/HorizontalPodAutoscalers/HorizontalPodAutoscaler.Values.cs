using Netes.Api.Meta;

namespace Netes.Api.Autoscaling;

/// <summary>The values of <c>HPAScalingPolicyType</c>.</summary>
public static class HPAScalingPolicyType
{
    public const string Percent = "Percent";
    public const string Pods = "Pods";
}

/// <summary>The values of <c>HorizontalPodAutoscalerConditionType</c>.</summary>
public static class HorizontalPodAutoscalerConditionType
{
    public const string AbleToScale = "AbleToScale";
    public const string ScaledToZero = "ScaledToZero";
    public const string ScalingActive = "ScalingActive";
    public const string ScalingLimited = "ScalingLimited";
}

/// <summary>The values of <c>MetricSourceType</c>.</summary>
public static class MetricSourceType
{
    public const string ContainerResource = "ContainerResource";
    public const string External = "External";
    public const string Object = "Object";
    public const string Pods = "Pods";
    public const string Resource = "Resource";
}

/// <summary>The values of <c>MetricTargetType</c>.</summary>
public static class MetricTargetType
{
    public const string AverageValue = "AverageValue";
    public const string Utilization = "Utilization";
    public const string Value = "Value";
}

/// <summary>The values of <c>ScalingPolicySelect</c>.</summary>
public static class ScalingPolicySelect
{
    public const string Disabled = "Disabled";
    public const string Max = "Max";
    public const string Min = "Min";
}
