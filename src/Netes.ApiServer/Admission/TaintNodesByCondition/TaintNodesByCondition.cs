using Netes.Api.Core;

namespace Netes.ApiServer.Admission;

/// <summary>
/// A new node gets no pods before it has said that it is ready. Source: plugin/pkg/admission/nodetaint/admission.go.
/// </summary>
internal sealed class TaintNodesByCondition : IMutatingAdmissionPlugin
{
    private static readonly Taint NotReady = new() { Key = "node.kubernetes.io/not-ready", Effect = "NoSchedule" };

    public string Name => "TaintNodesByCondition";

    public ValueTask<object?> MutateAsync(AdmissionAttributes attributes, CancellationToken cancel) =>
        new(attributes.Is("", "nodes") && attributes.Operation == AdmissionOperation.Create
            && attributes.Object is Node node
            && !node.Spec.Taints.Any(static taint => taint.Key == NotReady.Key && taint.Effect == NotReady.Effect)
            ? node with { Spec = node.Spec with { Taints = node.Spec.Taints.Add(NotReady) } }
            : attributes.Object);
}
