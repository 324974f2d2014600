namespace Netes.ControlPlane.Scheduling;

/// <summary>The nodes as one scheduling cycle sees them. Only the scheduling loop uses it.</summary>
public sealed class Snapshot
{
    private readonly Dictionary<string, int> _indexes = new(StringComparer.Ordinal);
    private readonly Dictionary<string, int> _imageNodes = new(StringComparer.Ordinal);
    private readonly List<NodeInfo> _nodes = [];

    internal TopologyIndex Topology { get; } = new();

    /// <summary>In a stable order.</summary>
    public IReadOnlyList<NodeInfo> Nodes => _nodes;

    public NodeInfo? Get(string name) => _indexes.TryGetValue(name, out var index) ? _nodes[index] : null;

    /// <summary>Another one when nodes came or went, or their images are others.</summary>
    public long ImagesVersion { get; private set; }

    /// <summary>How many nodes have the image.</summary>
    public int NodesWithImage(string image) => _imageNodes.GetValueOrDefault(image);

    internal void Set(string name, NodeInfo? next)
    {
        var known = _indexes.TryGetValue(name, out var index);
        if (!known || next is null || !ReferenceEquals(next.Images, _nodes[index].Images))
        {
            ImagesVersion++;
        }

        if (known && (next is null || !ReferenceEquals(next.Images, _nodes[index].Images)))
        {
            CountImages(_nodes[index], -1);
        }

        if (next is not null && (!known || !ReferenceEquals(next.Images, _nodes[index].Images)))
        {
            CountImages(next, 1);
        }

        if (known || next is not null)
        {
            Topology.Changed(known ? _nodes[index] : null, next);
        }

        if (next is null)
        {
            Remove(name, known ? index : -1);
        }
        else if (known)
        {
            _nodes[index] = next;
        }
        else
        {
            _indexes[name] = _nodes.Count;
            _nodes.Add(next);
        }
    }

    private void Remove(string name, int index)
    {
        if (index < 0)
        {
            return;
        }

        // The last one takes the place: order does not matter, the work does.
        var last = _nodes[^1];
        _nodes[index] = last;
        _indexes[last.Name] = index;
        _nodes.RemoveAt(_nodes.Count - 1);
        _indexes.Remove(name);
    }

    private void CountImages(NodeInfo node, int by)
    {
        foreach (var name in node.Images.Keys)
        {
            var count = _imageNodes.GetValueOrDefault(name) + by;
            if (count == 0)
            {
                _imageNodes.Remove(name);
            }
            else
            {
                _imageNodes[name] = count;
            }
        }
    }
}
