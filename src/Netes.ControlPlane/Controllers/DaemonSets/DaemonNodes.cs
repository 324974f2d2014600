using Netes.Api;
using Netes.Api.Core;
using Netes.ControlPlane.Scheduling;

namespace Netes.ControlPlane;

/// <summary>
/// Which nodes a daemon set's pods belong on, and how a pod is tied to its node. Pure.
/// Source: pkg/controller/daemon/daemon_controller.go (NodeShouldRunDaemonPod), util/daemonset_util.go.
/// </summary>
internal static class DaemonNodes
{
    private const string NameField = "metadata.name";

    // What befalls a node must not drive its daemons out; network-unavailable only counts for pods without network.
    private static readonly Toleration[] Tolerated =
    [
        Tolerate(NodeTaints.NotReady, TaintEffect.NoExecute),
        Tolerate(NodeTaints.Unreachable, TaintEffect.NoExecute),
        Tolerate("node.kubernetes.io/disk-pressure", TaintEffect.NoSchedule),
        Tolerate("node.kubernetes.io/memory-pressure", TaintEffect.NoSchedule),
        Tolerate("node.kubernetes.io/pid-pressure", TaintEffect.NoSchedule),
        Tolerate("node.kubernetes.io/unschedulable", TaintEffect.NoSchedule),
    ];

    private static readonly Toleration ToleratedByHostNetwork =
        Tolerate("node.kubernetes.io/network-unavailable", TaintEffect.NoSchedule);

    /// <summary>Whether a pod of the template is to run on the node, and whether one that runs may stay.</summary>
    public static (bool ShouldRun, bool MayStay) Judge(PodTemplateSpec template, Node node)
    {
        var pod = new Pod { Spec = WithTolerations(template.Spec) };
        if ((pod.Spec.NodeName.Length > 0 && pod.Spec.NodeName != node.Metadata.Name)
            || !NodeSelectors.MatchesRequired(pod, node))
        {
            return (false, false);
        }

        var untolerated = node.Spec.Taints
            .Where(taint => taint.Effect is TaintEffect.NoSchedule or TaintEffect.NoExecute
                && !Tolerations.Tolerate(pod.Spec.Tolerations, taint))
            .ToList();
        return untolerated.Count == 0
            ? (true, true)
            : (false, untolerated.All(taint => taint.Effect != TaintEffect.NoExecute));
    }

    /// <summary>The template's pod for one node.</summary>
    public static PodSpec For(PodSpec spec, string node)
    {
        var name = new NodeSelectorRequirement
        {
            Key = NameField, Operator = NodeSelectorOperator.In, Values = [node],
        };
        var required = new NodeSelector { NodeSelectorTerms = [new NodeSelectorTerm { MatchFields = [name] }] };
        var affinity = spec.Affinity ?? Affinity.Empty;
        return WithTolerations(spec) with
        {
            Affinity = affinity with
            {
                NodeAffinity = (affinity.NodeAffinity ?? Api.Core.NodeAffinity.Empty) with
                {
                    RequiredDuringSchedulingIgnoredDuringExecution = required,
                },
            },
        };
    }

    /// <summary>The node that the pod is on, or was made for; null: for none.</summary>
    public static string? TargetOf(Pod pod)
    {
        if (pod.Spec.NodeName.Length > 0)
        {
            return pod.Spec.NodeName;
        }

        var required = pod.Spec.Affinity?.NodeAffinity?.RequiredDuringSchedulingIgnoredDuringExecution;
        return required?.NodeSelectorTerms
            .SelectMany(term => term.MatchFields)
            .FirstOrDefault(field => field is { Key: NameField, Operator: NodeSelectorOperator.In, Values.Count: 1 })
            ?.Values[0];
    }

    private static PodSpec WithTolerations(PodSpec spec)
    {
        var tolerations = spec.Tolerations;
        foreach (var toleration in spec.HostNetwork ? [.. Tolerated, ToleratedByHostNetwork] : Tolerated)
        {
            tolerations = tolerations
                .Where(own => own.Key != toleration.Key || own.Effect != toleration.Effect
                    || own.Operator != toleration.Operator || own.Value != toleration.Value)
                .Append(toleration)
                .ToValueList();
        }

        return spec with { Tolerations = tolerations };
    }

    private static Toleration Tolerate(string key, string effect) => new()
    {
        Key = key, Operator = TolerationOperator.Exists, Effect = effect,
    };
}
