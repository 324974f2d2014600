using Netes.Api;
using System.Collections.Concurrent;

namespace Netes.ControlPlane.Scheduling;

/// <summary>
/// Pods that permit plugins hold back, by uid. Thread-safe.
/// Source: pkg/scheduler/framework/runtime/waiting_pods_map.go.
/// </summary>
internal sealed class WaitingPods
{
    private readonly ConcurrentDictionary<string, WaitingPod> _pods = new(StringComparer.Ordinal);

    public IEnumerable<WaitingPod> All => _pods.Values;

    public WaitingPod? Get(string uid) => _pods.GetValueOrDefault(uid);

    /// <summary>False: it does not wait.</summary>
    public bool Reject(string uid)
    {
        var pod = Get(uid);
        pod?.Reject("", "removed");
        return pod is not null;
    }

    internal void Add(WaitingPod pod) => _pods[pod.Pod.Pod.Metadata.Uid] = pod;

    internal void Remove(WaitingPod pod) => _pods.TryRemove(new(pod.Pod.Pod.Metadata.Uid, pod));
}

/// <summary>
/// A pod that waits until all plugins that hold it back allow it, one rejects it, or the time of one is over.
/// </summary>
internal sealed class WaitingPod : IDisposable
{
    /// <summary>Nothing waits longer, whatever a plugin asks for.</summary>
    public static readonly TimeSpan MaxTimeout = TimeSpan.FromMinutes(15);

    private readonly TaskCompletionSource<PluginStatus?> _end = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private readonly Lock _lock = new();
    private readonly Dictionary<string, ITimer> _pending = new(StringComparer.Ordinal);

    public WaitingPod(PodInfo pod, IReadOnlyDictionary<string, TimeSpan> timeouts, TimeProvider time)
    {
        Pod = pod;
        lock (_lock)
        {
            foreach (var (plugin, asked) in timeouts)
            {
                var timeout = asked < MaxTimeout ? asked : MaxTimeout;
                var why = $"rejected due to timeout after waiting {new Duration(timeout.Ticks * 100)} at plugin {plugin}";
                _pending[plugin] =
                    time.CreateTimer(_ => Reject(plugin, why), null, timeout, Timeout.InfiniteTimeSpan);
            }
        }
    }

    public PodInfo Pod { get; }

    /// <summary>The plugins that have not allowed it yet.</summary>
    public IReadOnlyList<string> PendingPlugins
    {
        get
        {
            lock (_lock)
            {
                return [.. _pending.Keys];
            }
        }
    }

    /// <summary>Null: all allowed it.</summary>
    public Task<PluginStatus?> End => _end.Task;

    public void Allow(string plugin)
    {
        lock (_lock)
        {
            if (!_pending.Remove(plugin, out var timer))
            {
                return;
            }

            timer.Dispose();
            if (_pending.Count > 0)
            {
                return;
            }
        }

        _end.TrySetResult(null);
    }

    public void Reject(string plugin, string message) =>
        _end.TrySetResult(PluginStatus.Unschedulable(message) with { Plugin = plugin });

    public void Dispose()
    {
        lock (_lock)
        {
            foreach (var timer in _pending.Values)
            {
                timer.Dispose();
            }

            _pending.Clear();
        }
    }
}
