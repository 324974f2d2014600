using Netes.Api.Core;
using Netes.Client;

namespace Netes.Nodes.Pods;

/// <summary>
/// Events about pods and their containers, as a kubelet reports them. Source: pkg/kubelet/events/event.go.
/// </summary>
public sealed class PodEvents(EventRecorder recorder)
{
    public void Normal(Pod pod, string reason, string message) =>
        recorder.Record(ObjectReferences.To(pod), EventTypes.Normal, reason, message);

    public void Warning(Pod pod, string reason, string message) =>
        recorder.Record(ObjectReferences.To(pod), EventTypes.Warning, reason, message);

    public void Normal(Pod pod, PodContainer container, string reason, string message) =>
        recorder.Record(Reference(pod, container), EventTypes.Normal, reason, message);

    public void Warning(Pod pod, PodContainer container, string reason, string message) =>
        recorder.Record(Reference(pod, container), EventTypes.Warning, reason, message);

    private static ObjectReference Reference(Pod pod, PodContainer container) =>
        ObjectReferences.To(pod) with { FieldPath = container.FieldPath };
}
