using Netes.Client;

namespace Netes.ControlPlane;

/// <summary>
/// How long a failed daemon pod stays before it is made anew: the kubelet may turn it down again at once.
/// Source: client-go util/flowcontrol/backoff.go, as daemon_controller.go uses it. Thread-safe.
/// </summary>
internal sealed class FailedPodBackoff(TimeProvider time)
{
    private static readonly TimeSpan Shortest = TimeSpan.FromSeconds(1);
    private static readonly TimeSpan Longest = TimeSpan.FromMinutes(15);

    private readonly Lock _lock = new();
    private readonly Dictionary<(string Set, string Node), (TimeSpan Wait, long Since)> _waits = [];

    /// <summary>How long the node's pod has to wait still; null: it may go now, and the next one waits
    /// longer.</summary>
    public TimeSpan? Next(string setUid, string node)
    {
        lock (_lock)
        {
            var now = time.GetTimestamp();
            var key = (setUid, node);
            if (_waits.TryGetValue(key, out var known) && time.GetElapsedTime(known.Since, now) < known.Wait)
            {
                return known.Wait - time.GetElapsedTime(known.Since, now);
            }

            var isFresh = known.Wait == TimeSpan.Zero || time.GetElapsedTime(known.Since, now) > Longest * 2;
            _waits[key] = (isFresh ? Shortest : TimeSpan.FromTicks(Math.Min(known.Wait.Ticks * 2, Longest.Ticks)), now);
            return null;
        }
    }

    /// <summary>The daemon set is gone.</summary>
    public void Forget(string setUid)
    {
        lock (_lock)
        {
            foreach (var key in _waits.Keys.Where(key => key.Set == setUid).ToList())
            {
                _waits.Remove(key);
            }
        }
    }
}
