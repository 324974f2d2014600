namespace Netes.ControlPlane.Scheduling;

/// <summary>
/// The higher priority first, then the one that waits longer. Source: plugins/queuesort/priority_sort.go.
/// </summary>
internal sealed class PrioritySort : IQueueSortPlugin
{
    public string Name => "PrioritySort";

    public int Compare(QueuedPod left, QueuedPod right)
    {
        var order = right.Info.Priority.CompareTo(left.Info.Priority);
        return order != 0 ? order : left.QueuedAt.CompareTo(right.QueuedAt);
    }
}
