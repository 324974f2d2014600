using Netes.Api;
using Netes.Api.Autoscaling;
using V1 = Netes.Api.Autoscaling.V1;

namespace Netes.ApiServer.Registry;

/// <summary>
/// autoscaling/v1 on the storage of autoscaling/v2: v1 knows one metric, the CPU's utilization; what else there is
/// travels in an annotation, so that a v1 client that writes back loses nothing.
/// Source: pkg/apis/autoscaling/v1/conversion.go.
/// </summary>
internal sealed class HorizontalPodAutoscalerConverter : IVersionConverter
{
    private const string Carrier = "autoscaling.alpha.kubernetes.io/metrics";
    private const string Cpu = "cpu";

    public static HorizontalPodAutoscalerConverter Instance { get; } = new();

    public IKubernetesObject ToStored(IKubernetesObject served)
    {
        var value = (V1.HorizontalPodAutoscaler)served;
        var carried = Carried(value);
        var metrics = value.Spec.TargetCPUUtilizationPercentage is { } utilization
            ? ValueList.Create<MetricSpec>([CpuMetric(utilization)])
            : [];
        return new HorizontalPodAutoscaler
        {
            Metadata = value.Metadata with { Annotations = value.Metadata.Annotations.Remove(Carrier) },
            Spec = new()
            {
                ScaleTargetRef = new()
                {
                    Kind = value.Spec.ScaleTargetRef.Kind,
                    Name = value.Spec.ScaleTargetRef.Name,
                    ApiVersion = value.Spec.ScaleTargetRef.ApiVersion,
                },
                MinReplicas = value.Spec.MinReplicas,
                MaxReplicas = value.Spec.MaxReplicas,
                Metrics = metrics.AddRange(carried.Spec.Metrics),
                Behavior = carried.Spec.Behavior,
            },
            Status = carried.Status with
            {
                ObservedGeneration = value.Status.ObservedGeneration,
                LastScaleTime = value.Status.LastScaleTime,
                CurrentReplicas = value.Status.CurrentReplicas,
                DesiredReplicas = value.Status.DesiredReplicas,
            },
        };
    }

    public IKubernetesObject FromStored(IKubernetesObject stored)
    {
        var value = (HorizontalPodAutoscaler)stored;
        var cpu = value.Spec.Metrics.FirstOrDefault(IsCpu);
        var rest = HorizontalPodAutoscaler.Empty with
        {
            Spec = HorizontalPodAutoscalerSpec.Empty with
            {
                Metrics = value.Spec.Metrics.Where(metric => metric != cpu).ToValueList(),
                Behavior = value.Spec.Behavior,
            },
            Status = HorizontalPodAutoscalerStatus.Empty with
            {
                CurrentMetrics = value.Status.CurrentMetrics,
                Conditions = value.Status.Conditions,
            },
        };
        var nothingElse = rest.Spec.Metrics.IsEmpty && rest.Spec.Behavior is null
            && rest.Status == HorizontalPodAutoscalerStatus.Empty;
        return new V1.HorizontalPodAutoscaler
        {
            Metadata = nothingElse ? value.Metadata : value.Metadata with
            {
                Annotations = value.Metadata.Annotations.Set(
                    Carrier, System.Text.Encoding.UTF8.GetString(JsonCodec.Encode(rest))),
            },
            Spec = new()
            {
                ScaleTargetRef = new()
                {
                    Kind = value.Spec.ScaleTargetRef.Kind,
                    Name = value.Spec.ScaleTargetRef.Name,
                    ApiVersion = value.Spec.ScaleTargetRef.ApiVersion,
                },
                MinReplicas = value.Spec.MinReplicas,
                MaxReplicas = value.Spec.MaxReplicas,
                TargetCPUUtilizationPercentage = cpu?.Resource?.Target.AverageUtilization,
            },
            Status = new()
            {
                ObservedGeneration = value.Status.ObservedGeneration,
                LastScaleTime = value.Status.LastScaleTime,
                CurrentReplicas = value.Status.CurrentReplicas,
                DesiredReplicas = value.Status.DesiredReplicas,
                CurrentCPUUtilizationPercentage = value.Status.CurrentMetrics
                    .FirstOrDefault(static metric => metric.Resource?.Name == Cpu)?
                    .Resource?.Current.AverageUtilization,
            },
        };
    }

    private static bool IsCpu(MetricSpec metric) =>
        metric.Resource is { Name: Cpu, Target.AverageUtilization: not null };

    private static MetricSpec CpuMetric(int utilization) => new()
    {
        Type = MetricSourceType.Resource,
        Resource = new()
        {
            Name = Cpu,
            Target = new() { Type = MetricTargetType.Utilization, AverageUtilization = utilization },
        },
    };

    private static HorizontalPodAutoscaler Carried(V1.HorizontalPodAutoscaler value) =>
        value.Metadata.Annotations.TryGetValue(Carrier, out var json)
            && JsonCodec.Decode<HorizontalPodAutoscaler>(System.Text.Encoding.UTF8.GetBytes(json)).Value is { } carried
            ? carried
            : HorizontalPodAutoscaler.Empty;
}
