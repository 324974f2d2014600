using Netes.Api.Meta;

namespace Netes.Api.Autoscaling.V1;

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
