using System.Collections.Concurrent;
using Netes.Api;
using Netes.Api.Coordination;
using Netes.Api.Core;
using Netes.Client;

namespace Netes.ControlPlane;

/// <summary>
/// Watches whether nodes are alive, by their leases and their status, and taints those that are not. When a node is
/// heard of is told by our own clock. Source: pkg/controller/nodelifecycle/node_lifecycle_controller.go.
/// </summary>
internal sealed class NodeLifecycleController : IController
{
    private const string LeaseNamespace = "kube-node-lease";

    private readonly ControllerContext _context;
    private readonly ObjectCache<Node> _nodes;
    private readonly ObjectIndex<Pod> _podsByNode;
    private readonly EventRecorder _events;
    private readonly ZoneLimits _limits;
    private readonly KeyedController<ObjectKey> _keyed;
    private readonly ConcurrentDictionary<string, long> _heardAt = new(StringComparer.Ordinal);
    private readonly ConcurrentDictionary<string, MicroTimestamp> _renewedAt = new(StringComparer.Ordinal);
    private readonly ConcurrentDictionary<ObjectKey, bool> _notReady = [];
    private readonly NodeCollectorMetrics _metrics;

    public NodeLifecycleController(ControllerContext context)
    {
        _context = context;
        _limits = new ZoneLimits(context.Time);
        _events = context.Events("node-controller");
        _keyed = new KeyedController<ObjectKey>(context, Name, ReconcileAsync, queue: new("node_lifecycle_controller"));
        var nodes = context.Informers.Get<Node>();
        _nodes = nodes.Cache;
        var pods = context.Informers.Get<Pod>();
        _podsByNode = pods.Cache.AddIndex(pod => [pod.Spec.NodeName]);
        _metrics = new NodeCollectorMetrics(context.Options.Metrics, () => Counted);
        nodes.AddHandler(NodeChanged);
        pods.AddHandler(change =>
        {
            // It came to a node that will not tell how it fares.
            if (change.New is { Spec.NodeName: { Length: > 0 } name } && change.Old?.Spec.NodeName != name
                && _nodes.Get("", name) is { } node && NodeHealth.IsUnknown(node))
            {
                _keyed.Queue.Add(new ObjectKey("", name));
            }
        });
        context.Informers.Get<Lease>().AddHandler(change =>
        {
            if (change.Key.Namespace == LeaseNamespace && change.New is { } lease
                && lease.Spec.RenewTime is { } renewed)
            {
                Renewed(change.Key.Name, renewed);
            }
        });
    }

    public string Name => "node-lifecycle-controller";

    public Task RunAsync(CancellationToken cancel) => _keyed.RunAsync(cancel);

    private IReadOnlyList<Node> Counted => [.. _nodes.List().Where(ZoneDisruption.IsCounted)];

    /// <summary>True: that was news.</summary>
    private bool Renewed(string node, MicroTimestamp renewed)
    {
        if (_renewedAt.TryGetValue(node, out var known) && known.CompareTo(renewed) >= 0)
        {
            return false;
        }

        _renewedAt[node] = renewed;
        Heard(node);
        return true;
    }

    private void Heard(string node) => _heardAt[node] = _context.Time.GetTimestamp();

    private void NodeChanged(Change<Node> change)
    {
        var (key, old, next) = change;
        if (next is null)
        {
            _heardAt.TryRemove(key.Name, out _);
            _renewedAt.TryRemove(key.Name, out _);
            _notReady.TryRemove(key, out _);
            _events.Normal(old!, "RemovingNode", $"Node {key.Name} event: Removing Node {key.Name} from Controller");
        }
        else
        {
            NodeSeen(key, old, next);
        }

        // Whether and how fast pods are driven out depends on the other nodes.
        if (old is null ? NodeHealth.IsReady(next!)
            : next is null || NodeHealth.IsReady(old) != NodeHealth.IsReady(next)
                || old.Metadata.Labels != next.Metadata.Labels)
        {
            foreach (var (other, _) in _notReady)
            {
                _keyed.Queue.Add(other);
            }
        }
    }

    private void NodeSeen(ObjectKey key, Node? old, Node next)
    {
        _metrics.Seen(ZoneDisruption.ZoneOf(next));
        if (old is null)
        {
            _events.Normal(next, "RegisteredNode", $"Node {key.Name} event: Registered Node {key.Name} in Controller");
        }

        if (old is null && NodeHealth.Ready(next) is null)
        {
            // Its time to begin counts from when it was made, whoever looked then.
            var age = _context.Now - (next.Metadata.CreationTimestamp?.ToDateTimeOffset() ?? _context.Now);
            _heardAt.TryAdd(key.Name, _context.Time.GetTimestamp()
                - (long)(Math.Max(0, age.TotalSeconds) * _context.Time.TimestampFrequency));
        }
        else if (old is null || HasSpoken(NodeHealth.Ready(old), NodeHealth.Ready(next)))
        {
            Heard(key.Name);
        }

        if (!NodeHealth.IsReady(next))
        {
            _notReady[key] = true;
        }
        else if (_notReady.TryRemove(key, out _) && _notReady.Count == _nodes.Count - 1)
        {
            // All were down, which was our fault more likely than theirs: each has its time anew.
            foreach (var other in _nodes.List())
            {
                Heard(other.Metadata.Name);
            }
        }

        if (old is null || old.Spec != next.Spec || old.Status.Conditions != next.Status.Conditions
            || old.Metadata.Labels != next.Metadata.Labels)
        {
            _keyed.Queue.Add(key);
        }
    }

    /// <summary>A status that we wrote ourselves is no sign of life; the node's own moves its heartbeat.</summary>
    private static bool HasSpoken(NodeCondition? old, NodeCondition? next) =>
        (old is null) != (next is null) || old?.LastHeartbeatTime != next?.LastHeartbeatTime;

    private async Task<ReconcileResult> ReconcileAsync(ObjectKey key, CancellationToken cancel)
    {
        if (!_nodes.TryGet(key, out var node))
        {
            return ReconcileResult.Done;
        }

        var began = _context.Time.GetTimestamp();
        try
        {
            return await ReconcileAsync(node, cancel);
        }
        finally
        {
            _metrics.Updated(_context.Time.GetElapsedTime(began));
        }
    }

    private async Task<ReconcileResult> ReconcileAsync(Node node, CancellationToken cancel)
    {
        var name = node.Metadata.Name;
        var grace = NodeHealth.Ready(node) is null
            ? _context.Options.NodeStartupGracePeriod
            : _context.Options.NodeMonitorGracePeriod;
        var heard = _heardAt.GetOrAdd(name, _ => _context.Time.GetTimestamp());
        var left = grace - _context.Time.GetElapsedTime(heard);
        if (left <= TimeSpan.Zero && !NodeHealth.IsUnknown(node))
        {
            if (await WasRenewedAsync(name, cancel))
            {
                return ReconcileResult.Again(grace);
            }

            node = await MarkUnknownAsync(node, cancel);
        }

        var wait = await TaintAsync(node, cancel);
        if (NodeHealth.IsUnknown(node))
        {
            await TellPodsAsync(name, cancel);
        }

        return left > TimeSpan.Zero && (wait is null || left < wait) ? ReconcileResult.Again(left)
            : wait is { } turn ? ReconcileResult.Again(turn)
            : ReconcileResult.Done;
    }

    /// <summary>
    /// When it seems that a node is silent, it may be the watch that is behind: nobody is given up unasked.
    /// </summary>
    private async Task<bool> WasRenewedAsync(string node, CancellationToken cancel)
    {
        // The manager may list leases, not get them.
        var one = new ListParameters { FieldSelector = $"metadata.name={node}" };
        var leases = await _context.Reader.ListAsync<Lease>(LeaseNamespace, one, cancel);
        return leases.Items is [{ Spec.RenewTime: { } renewed }] && Renewed(node, renewed);
    }

    private async Task<Node> MarkUnknownAsync(Node node, CancellationToken cancel)
    {
        var conditions = NodeHealth.Unknown(node, _context.Now);
        var marked = await _context.Client.UpdateStatusAsync(
            node with { Status = node.Status with { Conditions = conditions } }, cancel);
        if (NodeHealth.IsReady(node))
        {
            _events.Normal(marked, "NodeNotReady", $"Node {node.Metadata.Name} status is now: NodeNotReady");
        }

        return marked;
    }

    /// <returns>How long until it is the node's turn to have its pods driven out; null: nothing waits.</returns>
    private async Task<TimeSpan?> TaintAsync(Node node, CancellationToken cancel)
    {
        var zone = ZoneDisruption.ZoneOf(node);
        var (eviction, wait, taken) = Judge(node, zone);
        var wanted = NodeTaints.Wanted(node, eviction, _context.Now);
        var labels = NodeLabels.Wanted(node);
        if (wanted == node.Spec.Taints && labels == node.Metadata.Labels)
        {
            return wait;
        }

        try
        {
            await _context.Client.UpdateAsync(
                node with
                {
                    Metadata = node.Metadata with { Labels = labels },
                    Spec = node.Spec with { Taints = wanted },
                }, cancel);
        }
        catch (Exception) when (taken)
        {
            _limits.Return(zone);
            throw;
        }

        if (taken)
        {
            _metrics.Evicting(zone);
        }

        return wait;
    }

    /// <summary>Whether it is the node's turn to have its pods driven out.</summary>
    private (Eviction Eviction, TimeSpan? Wait, bool Taken) Judge(Node node, string zone)
    {
        if (NodeHealth.IsReady(node))
        {
            return (Eviction.Keep, null, false);
        }

        // It as it is now: the cache may still show it as it was before it was given up.
        Node[] counted = [.. Counted.Select(other => other.Metadata.Name == node.Metadata.Name ? node : other)];
        if (ZoneDisruption.IsFull(counted))
        {
            _limits.Stop(zone);
            return (Eviction.End, null, false);
        }

        if (NodeHealth.Ready(node) is null || NodeTaints.IsEvicting(node))
        {
            return (Eviction.Keep, null, false);
        }

        var rate = ZoneDisruption.Rate(
            [.. counted.Where(other => ZoneDisruption.ZoneOf(other) == zone)], _context.Options);
        if (rate <= 0)
        {
            _limits.Stop(zone);
            return (Eviction.Keep, null, false);
        }

        return _limits.Take(zone, rate) is { } wait ? (Eviction.Keep, wait, false) : (Eviction.Begin, null, true);
    }

    /// <summary>
    /// A node that is silent will not say that its pods are not ready; one that speaks knows better how they fare. One
    /// pod that cannot be told does not keep the others from it.
    /// </summary>
    private async Task TellPodsAsync(string node, CancellationToken cancel)
    {
        ApiException? first = null;
        foreach (var pod in _podsByNode.Get(node))
        {
            try
            {
                await MarkNotReadyAsync(pod, cancel);
            }
            catch (ApiException failure)
            {
                first ??= failure;
            }
        }

        if (first is not null)
        {
            throw new ApiException(first.Status);
        }
    }

    private async Task MarkNotReadyAsync(Pod pod, CancellationToken cancel)
    {
        if (NodeHealth.NotReady(pod, _context.Now) is not { } conditions)
        {
            return;
        }

        try
        {
            await _context.Client.UpdateStatusAsync(
                pod with { Status = pod.Status with { Conditions = conditions } }, cancel);
            _events.Warning(pod, "NodeNotReady", "Node is not ready");
        }
        catch (ApiException failure) when (failure.IsNotFound)
        {
            // Gone: nobody will ask whether it is ready.
        }
    }
}
