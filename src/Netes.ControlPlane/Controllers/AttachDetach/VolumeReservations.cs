using Netes.Api.Storage;

namespace Netes.ControlPlane;

/// <summary>
/// Which node an exclusive volume is being attached to. The cache shows an attachment only a while after it was made,
/// and several nodes may wait for one volume: what was decided for one holds for the others at once.
/// Source: pkg/controller/volume/attachdetach/cache/actual_state_of_world.go (IsVolumeAttachedToNode and the uncertain
/// state).
/// </summary>
/// <param name="attachments">Those of a volume that the cache shows.</param>
internal sealed class VolumeReservations(Func<string, IEnumerable<VolumeAttachment>> attachments)
{
    private readonly Lock _lock = new();
    private readonly Dictionary<string, string> _nodes = new(StringComparer.Ordinal);

    /// <summary>False: another node has the volume, or is about to.</summary>
    public bool TryTake(string volume, string node)
    {
        lock (_lock)
        {
            if (attachments(volume).Any(item => item.Spec.NodeName != node)
                || (_nodes.TryGetValue(volume, out var other) && other != node))
            {
                return false;
            }

            _nodes[volume] = node;
            return true;
        }
    }

    /// <summary>Of a node: what was taken and is not shown by the cache.</summary>
    public IReadOnlyList<string> Of(string node)
    {
        lock (_lock)
        {
            return _nodes.Count == 0
                ? []
                : [.. _nodes.Where(pair => pair.Value == node).Select(static pair => pair.Key)];
        }
    }

    /// <summary>The cache shows it, or it was not made.</summary>
    public void Free(string volume, string node)
    {
        lock (_lock)
        {
            if (_nodes.GetValueOrDefault(volume) == node)
            {
                _nodes.Remove(volume);
            }
        }
    }
}
