namespace Netes.ControlPlane.Scheduling;

/// <summary>
/// What was said about the nodes that a pod does not fit. Source: framework/interface.go, NodeToStatus.
/// </summary>
public sealed class NodeStatuses
{
    private readonly List<(NodeInfo Node, PluginStatus Status)> _nodes = [];
    private Dictionary<string, PluginStatus>? _byName;

    /// <summary>Each node once.</summary>
    public IReadOnlyList<(NodeInfo Node, PluginStatus Status)> Nodes => _nodes;

    /// <summary>What is said of nodes that were not looked at.</summary>
    public PluginStatus Absent { get; init; } = PluginStatus.Unresolvable();

    public void Add(NodeInfo node, PluginStatus status)
    {
        _nodes.Add((node, status));
        _byName = null;
    }

    public PluginStatus Get(string node)
    {
        _byName ??= _nodes.ToDictionary(pair => pair.Node.Name, pair => pair.Status, StringComparer.Ordinal);
        return _byName.GetValueOrDefault(node, Absent);
    }

    /// <summary>The nodes where pods that go may help.</summary>
    public IEnumerable<NodeInfo> Resolvable(Snapshot snapshot) => Absent.Code == PluginCode.Unschedulable
        ? snapshot.Nodes.Where(node => Get(node.Name).Code == PluginCode.Unschedulable)
        : _nodes.Where(pair => pair.Status.Code == PluginCode.Unschedulable)
            .Select(pair => snapshot.Get(pair.Node.Name)).OfType<NodeInfo>();
}
