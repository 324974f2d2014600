using Netes.Api.Core;
using Netes.Client;

namespace Netes.ControlPlane.Scheduling;

/// <summary>
/// What runs where, with the pods that were just placed and are not bound yet. Thread-safe.
/// Source: pkg/scheduler/backend/cache/cache.go.
/// </summary>
internal sealed class SchedulerCache
{
    private readonly Lock _lock = new();
    private readonly Dictionary<string, NodeInfo> _nodes = new(StringComparer.Ordinal);
    private readonly Dictionary<ObjectKey, PodInfo> _pods = [];
    private readonly HashSet<ObjectKey> _assumed = [];

    // Pods of nodes that are not known (yet): they count once the node comes.
    private readonly Dictionary<string, HashSet<ObjectKey>> _homeless = new(StringComparer.Ordinal);
    private readonly Stack<int> _freeSlots = [];
    private readonly HashSet<string> _changed = new(StringComparer.Ordinal);

    public void SetNode(Node node)
    {
        lock (_lock)
        {
            var name = node.Metadata.Name;
            if (_nodes.TryGetValue(name, out var known))
            {
                if (known.IsSameFor(node))
                {
                    return;
                }

                _nodes[name] = known.WithNode(node);
            }
            else
            {
                var info = new NodeInfo(node) { Slot = _freeSlots.Count > 0 ? _freeSlots.Pop() : _nodes.Count };
                foreach (var key in _homeless.Remove(name, out var pods) ? pods : [])
                {
                    info = info.WithPod(_pods[key]);
                }

                _nodes[name] = info;
            }

            _changed.Add(name);
        }
    }

    public void RemoveNode(string name)
    {
        lock (_lock)
        {
            if (_nodes.Remove(name, out var info))
            {
                _freeSlots.Push(info.Slot);
                if (info.Pods.Length > 0)
                {
                    _homeless[name] = [.. info.Pods.Select(pod => pod.Key)];
                }
            }

            _changed.Add(name);
        }
    }

    /// <summary>A pod that is bound, as the API shows it.</summary>
    public void SetPod(Pod pod)
    {
        lock (_lock)
        {
            var key = ObjectKey.Of(pod);
            _assumed.Remove(key);
            if (_pods.TryGetValue(key, out var known) && known.IsSameFor(pod))
            {
                known.Current = pod;
                return;
            }

            Replace(key, new PodInfo(pod));
        }
    }

    /// <summary>A pod that will be bound to the node its spec names.</summary>
    public void Assume(PodInfo pod)
    {
        lock (_lock)
        {
            _assumed.Add(pod.Key);
            Replace(pod.Key, pod);
        }
    }

    /// <summary>The binding failed: the pod is nowhere again, unless the API says otherwise.</summary>
    public void Forget(ObjectKey key)
    {
        lock (_lock)
        {
            if (_assumed.Remove(key))
            {
                Replace(key, null);
            }
        }
    }

    public void RemovePod(ObjectKey key)
    {
        lock (_lock)
        {
            _assumed.Remove(key);
            Replace(key, null);
        }
    }

    public bool IsAssumed(ObjectKey key)
    {
        lock (_lock)
        {
            return _assumed.Contains(key);
        }
    }

    /// <summary>How many there are, by Kubernetes' names.</summary>
    public IReadOnlyList<(string Type, int Count)> Sizes()
    {
        lock (_lock)
        {
            return [("nodes", _nodes.Count), ("pods", _pods.Count), ("assumed_pods", _assumed.Count)];
        }
    }

    /// <summary>Brings the snapshot up to date; costs what changed since the last time.</summary>
    public void Update(Snapshot snapshot)
    {
        lock (_lock)
        {
            // Those that went first: another node may have their slot.
            foreach (var name in _changed)
            {
                if (snapshot.Get(name) is { } known && _nodes.GetValueOrDefault(name)?.Slot != known.Slot)
                {
                    snapshot.Set(name, null);
                }
            }

            foreach (var name in _changed)
            {
                snapshot.Set(name, _nodes.GetValueOrDefault(name));
            }

            _changed.Clear();
        }
    }

    private void Replace(ObjectKey key, PodInfo? next)
    {
        if (_pods.Remove(key, out var old))
        {
            var home = old.Pod.Spec.NodeName;
            if (_nodes.TryGetValue(home, out var info))
            {
                _nodes[home] = info.WithoutPod(key);
                _changed.Add(home);
            }
            else if (_homeless.TryGetValue(home, out var pods) && pods.Remove(key) && pods.Count == 0)
            {
                _homeless.Remove(home);
            }
        }

        if (next is null)
        {
            return;
        }

        _pods[key] = next;
        var node = next.Pod.Spec.NodeName;
        if (_nodes.TryGetValue(node, out var target))
        {
            _nodes[node] = target.WithPod(next);
            _changed.Add(node);
        }
        else
        {
            if (!_homeless.TryGetValue(node, out var waiting))
            {
                _homeless[node] = waiting = [];
            }

            waiting.Add(key);
        }
    }
}
