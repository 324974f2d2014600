namespace Netes.ControlPlane;

/// <summary>
/// Since when nodes keep what nobody wants of them any more. Lost in a crash, the time begins anew. One thread.
/// Source: pkg/controller/volume/attachdetach/cache/actual_state_of_world.go (SetDetachRequestTime and
/// ResetDetachRequestTime), reconciler.go (maxWaitForUnmountDuration).
/// </summary>
internal sealed class UnmountWaits
{
    /// <summary>A node that is not ready and does not unmount for so long counts as dead.</summary>
    public static readonly TimeSpan Most = TimeSpan.FromMinutes(6);

    private readonly Dictionary<string, Dictionary<string, DateTimeOffset>> _nodes = new(StringComparer.Ordinal);

    /// <summary>How long a node may still keep an attachment; it begins with the first question.</summary>
    public TimeSpan Left(string node, string attachment, DateTimeOffset now)
    {
        if (!_nodes.TryGetValue(node, out var waits))
        {
            _nodes[node] = waits = new(StringComparer.Ordinal);
        }

        waits.TryAdd(attachment, now);
        return waits[attachment] + Most - now;
    }

    /// <summary>Only these are waited for now: what is wanted again, or gone, has all its time the next time.</summary>
    public void Keep(string node, IReadOnlySet<string> attachments)
    {
        if (_nodes.TryGetValue(node, out var waits))
        {
            foreach (var name in waits.Keys.Where(name => !attachments.Contains(name)).ToList())
            {
                waits.Remove(name);
            }

            if (waits.Count == 0)
            {
                _nodes.Remove(node);
            }
        }
    }
}
