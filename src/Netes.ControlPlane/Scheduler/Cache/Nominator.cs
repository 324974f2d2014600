using Netes.Client;

namespace Netes.ControlPlane.Scheduling;

/// <summary>
/// Pods for which room was made on a node, and that are not there yet: the room is not for pods of lower priority.
/// Thread-safe. Source: pkg/scheduler/backend/queue/nominator.go.
/// </summary>
internal sealed class Nominator
{
    private readonly Lock _lock = new();
    private readonly Dictionary<ObjectKey, (string Node, PodInfo Pod)> _pods = [];

    /// <summary>Empty: it is nominated nowhere.</summary>
    public void Set(PodInfo pod, string node)
    {
        lock (_lock)
        {
            if (node.Length == 0)
            {
                _pods.Remove(pod.Key);
            }
            else
            {
                _pods[pod.Key] = (node, pod);
            }
        }
    }

    public void Remove(ObjectKey key)
    {
        lock (_lock)
        {
            _pods.Remove(key);
        }
    }

    /// <summary>
    /// The node with the nominated pods that come before the pod; the node itself when there are none.
    /// </summary>
    public NodeInfo WithNominated(NodeInfo node, PodInfo pod)
    {
        lock (_lock)
        {
            if (_pods.Count == 0)
            {
                return node;
            }

            foreach (var (key, nominated) in _pods)
            {
                if (nominated.Node == node.Name && key != pod.Key && nominated.Pod.Priority >= pod.Priority)
                {
                    node = node.WithPod(nominated.Pod);
                }
            }

            return node;
        }
    }
}
