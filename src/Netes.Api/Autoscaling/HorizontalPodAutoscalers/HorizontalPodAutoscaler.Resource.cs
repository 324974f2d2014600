namespace Netes.Api.Autoscaling;

public sealed partial record HorizontalPodAutoscaler : IResource<HorizontalPodAutoscaler>
{
    public static ResourceDefinition<HorizontalPodAutoscaler> Resource { get; } = new()
    {
        Group = "autoscaling",
        Version = "v2",
        Kind = "HorizontalPodAutoscaler",
        Plural = "horizontalpodautoscalers",
        Singular = "horizontalpodautoscaler",
        ShortNames = ["hpa"],
        Categories = ["all"],
        Namespaced = true,
        CopyStatus = static (target, source) => target with { Status = source.Status },
        Columns = HorizontalPodAutoscalerColumns.All,
        Default = HorizontalPodAutoscalerRules.Default,
        Validate = HorizontalPodAutoscalerRules.Validate,
    };
}
