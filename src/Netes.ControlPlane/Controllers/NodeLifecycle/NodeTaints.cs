using Netes.Api;
using Netes.Api.Core;

namespace Netes.ControlPlane;

/// <summary>What becomes of the NoExecute taints of a node that is not ready.</summary>
internal enum Eviction
{
    /// <summary>They go: all nodes are down, and the fault is likely ours.</summary>
    End,

    /// <summary>They stay if they are there.</summary>
    Keep,

    /// <summary>They are set.</summary>
    Begin,
}

/// <summary>
/// The taints that a node's conditions call for. Pure.
/// Source: pkg/controller/nodelifecycle/node_lifecycle_controller.go, component-helpers scheduling/corev1 taint names.
/// </summary>
internal static class NodeTaints
{
    public const string NotReady = "node.kubernetes.io/not-ready";
    public const string Unreachable = "node.kubernetes.io/unreachable";
    private const string Unschedulable = "node.kubernetes.io/unschedulable";

    private static readonly (string Condition, string Status, string Key)[] ByCondition =
    [
        (NodeConditionType.Ready, ConditionStatus.False, NotReady),
        (NodeConditionType.Ready, ConditionStatus.Unknown, Unreachable),
        (NodeConditionType.MemoryPressure, ConditionStatus.True, "node.kubernetes.io/memory-pressure"),
        (NodeConditionType.DiskPressure, ConditionStatus.True, "node.kubernetes.io/disk-pressure"),
        (NodeConditionType.NetworkUnavailable, ConditionStatus.True, "node.kubernetes.io/network-unavailable"),
        (NodeConditionType.PIDPressure, ConditionStatus.True, "node.kubernetes.io/pid-pressure"),
    ];

    /// <param name="node">The node.</param>
    /// <param name="eviction">Whether pods are driven out.</param>
    /// <param name="now">The time, for new taints.</param>
    /// <returns>The taints it should have; those that are not ours stay.</returns>
    public static ValueList<Taint> Wanted(Node node, Eviction eviction, DateTimeOffset now)
    {
        var wanted = node.Spec.Taints.Where(taint => !IsOurs(taint)).ToList();
        var evict = eviction == Eviction.Begin || (eviction == Eviction.Keep && IsEvicting(node));
        foreach (var (type, status, key) in ByCondition)
        {
            if (node.Status.Conditions.Any(condition => condition.Type == type && condition.Status == status))
            {
                Add(key, TaintEffect.NoSchedule);
                if (key is NotReady or Unreachable && evict)
                {
                    Add(key, TaintEffect.NoExecute);
                }
            }
        }

        if (node.Spec.Unschedulable)
        {
            Add(Unschedulable, TaintEffect.NoSchedule);
        }

        // The same taints in the same places: an order of our own is no reason to write.
        return wanted.Count == node.Spec.Taints.Count && wanted.All(node.Spec.Taints.Contains)
            ? node.Spec.Taints
            : wanted.ToValueList();

        void Add(string key, string effect)
        {
            var present = node.Spec.Taints.FirstOrDefault(taint => taint.Key == key && taint.Effect == effect);
            wanted.Add(present ?? new Taint { Key = key, Effect = effect, TimeAdded = Timestamp.From(now) });
        }
    }

    /// <summary>Its pods are being driven out.</summary>
    public static bool IsEvicting(Node node) => node.Spec.Taints.Any(
        taint => taint.Effect == TaintEffect.NoExecute && taint.Key is (NotReady or Unreachable));

    private static bool IsOurs(Taint taint) =>
        taint.Effect == TaintEffect.NoSchedule
            ? taint.Key == Unschedulable || ByCondition.Any(entry => entry.Key == taint.Key)
            : taint.Effect == TaintEffect.NoExecute && taint.Key is NotReady or Unreachable;
}
