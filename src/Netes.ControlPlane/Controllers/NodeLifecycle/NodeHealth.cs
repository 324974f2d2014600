using Netes.Api;
using Netes.Api.Core;

namespace Netes.ControlPlane;

/// <summary>
/// What a silent node's conditions become. Pure. Source: node_lifecycle_controller.go, tryUpdateNodeHealth.
/// </summary>
internal static class NodeHealth
{
    private static readonly string[] Reported =
    [
        NodeConditionType.Ready, NodeConditionType.MemoryPressure, NodeConditionType.DiskPressure,
        NodeConditionType.PIDPressure,
    ];

    public static NodeCondition? Ready(Node node) =>
        node.Status.Conditions.FirstOrDefault(condition => condition.Type == NodeConditionType.Ready);

    /// <summary>It was found silent before, or says so itself.</summary>
    public static bool IsUnknown(Node node) => Ready(node)?.Status == ConditionStatus.Unknown;

    public static bool IsReady(Node node) => Ready(node)?.Status == ConditionStatus.True;

    /// <summary>The conditions of a node that has not been heard of for too long: all it reports is unknown.</summary>
    public static ValueList<NodeCondition> Unknown(Node node, DateTimeOffset now)
    {
        var conditions = node.Status.Conditions;
        foreach (var type in Reported)
        {
            var index = IndexOf(conditions, type);
            if (index < 0)
            {
                conditions = conditions.Add(new NodeCondition
                {
                    Type = type,
                    Status = ConditionStatus.Unknown,
                    Reason = "NodeStatusNeverUpdated",
                    Message = "Kubelet never posted node status.",
                    LastHeartbeatTime = node.Metadata.CreationTimestamp,
                    LastTransitionTime = Timestamp.From(now),
                });
            }
            else if (conditions[index].Status != ConditionStatus.Unknown)
            {
                conditions = conditions.SetItem(index, conditions[index] with
                {
                    Status = ConditionStatus.Unknown,
                    Reason = "NodeStatusUnknown",
                    Message = "Kubelet stopped posting node status.",
                    LastTransitionTime = Timestamp.From(now),
                });
            }
        }

        return conditions;
    }

    /// <summary>The pod's conditions when its node is not ready; null: they say so already.</summary>
    public static ValueList<PodCondition>? NotReady(Pod pod, DateTimeOffset now)
    {
        for (var i = 0; i < pod.Status.Conditions.Count; i++)
        {
            var condition = pod.Status.Conditions[i];
            if (condition.Type == PodConditionType.Ready && condition.Status != ConditionStatus.False)
            {
                return pod.Status.Conditions.SetItem(i, condition with
                {
                    Status = ConditionStatus.False,
                    LastTransitionTime = Timestamp.From(now),
                });
            }
        }

        return null;
    }

    private static int IndexOf(ValueList<NodeCondition> conditions, string type)
    {
        for (var i = 0; i < conditions.Count; i++)
        {
            if (conditions[i].Type == type)
            {
                return i;
            }
        }

        return -1;
    }
}
