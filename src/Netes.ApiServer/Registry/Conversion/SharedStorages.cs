using Netes.Api;

namespace Netes.ApiServer.Registry;

/// <summary>
/// The resources that stand on the storage of another one. Everything else is stored as it is served.
/// </summary>
internal static class SharedStorages
{
    public static (ResourceDefinition? Storage, IVersionConverter? Converter) Find(ResourceDefinition definition) =>
        (definition.Group, definition.Version, definition.Plural) switch
        {
            ("events.k8s.io", "v1", "events") => (Netes.Api.Core.Event.Resource, EventConverter.Instance),
            ("autoscaling", "v1", "horizontalpodautoscalers") =>
                (Netes.Api.Autoscaling.HorizontalPodAutoscaler.Resource, HorizontalPodAutoscalerConverter.Instance),
            _ => (null, null),
        };
}
