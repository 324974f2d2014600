namespace Netes.ControlPlane;

/// <summary>
/// Pods whose finalizer was taken away and whose cached state may show it still: they must not be counted again.
/// By the job's uid. Source: pkg/controller/job/tracking_utils.go. Thread-safe.
/// </summary>
internal sealed class FinalizerRemovals
{
    private readonly Lock _lock = new();
    private readonly Dictionary<string, HashSet<string>> _pods = new(StringComparer.Ordinal);

    public IReadOnlySet<string> Of(string jobUid)
    {
        lock (_lock)
        {
            return _pods.TryGetValue(jobUid, out var pods) ? new HashSet<string>(pods, StringComparer.Ordinal) : [];
        }
    }

    /// <summary>Called before the finalizers go: the cache may be quicker than the answer.</summary>
    public void Expect(string jobUid, IEnumerable<string> podUids)
    {
        lock (_lock)
        {
            if (!_pods.TryGetValue(jobUid, out var pods))
            {
                _pods[jobUid] = pods = new(StringComparer.Ordinal);
            }

            pods.UnionWith(podUids);
        }
    }

    /// <summary>The cache shows it, or it will never happen.</summary>
    public void Observed(string jobUid, string podUid)
    {
        lock (_lock)
        {
            if (_pods.TryGetValue(jobUid, out var pods) && pods.Remove(podUid) && pods.Count == 0)
            {
                _pods.Remove(jobUid);
            }
        }
    }

    public void Forget(string jobUid)
    {
        lock (_lock)
        {
            _pods.Remove(jobUid);
        }
    }
}
