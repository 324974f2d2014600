namespace Netes.ControlPlane.Scheduling;

/// <summary>
/// Where plugins are called, by the names that metrics give it. Source: pkg/scheduler/metrics/metrics.go,
/// ExtensionPoints; pkg/scheduler/backend/queue/scheduling_queue.go, preEnqueue.
/// </summary>
internal enum ExtensionPoint
{
    PreEnqueue,
    PreFilter,
    PreFilterExtensionAddPod,
    PreFilterExtensionRemovePod,
    Filter,
    PostFilter,
    PreScore,
    Score,
    ScoreExtensionNormalize,
    Reserve,
    Unreserve,
    Permit,
    PreBindPreFlight,
    PreBind,
    Bind,
    PostBind,
}
