using Netes.Client;

namespace Netes.ControlPlane.Scheduling;

/// <summary>
/// Pods for which room was made on a node, and that are not there yet: the room is not for pods of lower priority.
/// Thread-safe. Source: pkg/scheduler/backend/queue/nominator.go.
/// </summary>
internal sealed class Nominator
{
    private readonly Lock _lock = new();
    private readonly Dictionary<ObjectKey, string> _nodes = [];
    private readonly Dictionary<string, Dictionary<ObjectKey, PodInfo>> _pods = new(StringComparer.Ordinal);
    private volatile int _count;

    /// <summary>Empty: it is nominated nowhere.</summary>
    public void Set(PodInfo pod, string node)
    {
        lock (_lock)
        {
            RemoveLocked(pod.Key);
            if (node.Length == 0)
            {
                return;
            }

            if (!_pods.TryGetValue(node, out var pods))
            {
                _pods[node] = pods = [];
            }

            (_nodes[pod.Key], pods[pod.Key]) = (node, pod);
            _count = _nodes.Count;
        }
    }

    public void Remove(ObjectKey key)
    {
        lock (_lock)
        {
            RemoveLocked(key);
        }
    }

    /// <summary>The pods that are expected on a node; null (as nearly always): none.</summary>
    public IReadOnlyList<PodInfo>? On(string node)
    {
        if (_count == 0)
        {
            return null;
        }

        lock (_lock)
        {
            return _pods.TryGetValue(node, out var pods) ? [.. pods.Values] : null;
        }
    }

    private void RemoveLocked(ObjectKey key)
    {
        if (!_nodes.Remove(key, out var node))
        {
            return;
        }

        _count = _nodes.Count;
        var pods = _pods[node];
        pods.Remove(key);
        if (pods.Count == 0)
        {
            _pods.Remove(node);
        }
    }
}
