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
    private readonly ConcurrentDictionary<string, bool> _wasReady = new(StringComparer.Ordinal);

    public NodeLifecycleController(ControllerContext context)
    {
        _context = context;
        _limits = new ZoneLimits(context.Time);
        _events = context.Events("node-controller");
        _keyed = new KeyedController<ObjectKey>(context, Name, ReconcileAsync);
        var nodes = context.Informers.Get<Node>();
        _nodes = nodes.Cache;
        _podsByNode = context.Informers.Get<Pod>().Cache.AddIndex(pod => [pod.Spec.NodeName]);
        nodes.AddHandler(NodeChanged);
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

    /// <summary>True: that was news.</summary>
    private bool Renewed(string node, MicroTimestamp renewed)
    {
        if (_renewedAt.TryGetValue(node, out var known) && known == renewed)
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
            _wasReady.TryRemove(key.Name, out _);
            _events.Normal(old!, "RemovingNode", $"Node {key.Name} event: Removing Node {key.Name} from Controller");
            return;
        }

        if (old is null)
        {
            _events.Normal(next, "RegisteredNode", $"Node {key.Name} event: Registered Node {key.Name} in Controller");
        }

        // A status that we wrote ourselves is no sign of life; the node's own moves its heartbeat.
        if (old is null || NodeHealth.Ready(old)?.LastHeartbeatTime != NodeHealth.Ready(next)?.LastHeartbeatTime)
        {
            Heard(key.Name);
        }

        if (old is null || old.Spec != next.Spec || old.Status.Conditions != next.Status.Conditions)
        {
            _keyed.Queue.Add(key);
        }

        // Whether pods are driven out depends on whether any node is ready.
        if (old is not null && NodeHealth.IsReady(old) != NodeHealth.IsReady(next))
        {
            foreach (var other in _nodes.List().Where(node => !NodeHealth.IsReady(node)))
            {
                _keyed.Queue.Add(ObjectKey.Of(other));
            }
        }
    }

    private async Task<ReconcileResult> ReconcileAsync(ObjectKey key, CancellationToken cancel)
    {
        if (!_nodes.TryGet(key, out var node))
        {
            return ReconcileResult.Done;
        }

        var grace = NodeHealth.Ready(node) is null
            ? _context.Options.NodeStartupGracePeriod
            : _context.Options.NodeMonitorGracePeriod;
        var heard = _heardAt.GetOrAdd(key.Name, _ => _context.Time.GetTimestamp());
        var left = grace - _context.Time.GetElapsedTime(heard);
        if (left <= TimeSpan.Zero && !NodeHealth.IsUnknown(node))
        {
            if (await WasRenewedAsync(key.Name, cancel))
            {
                return ReconcileResult.Again(grace);
            }

            node = await MarkUnknownAsync(node, cancel);
        }

        var wait = await TaintAsync(node, cancel);
        await TellPodsAsync(node, cancel);
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
        return conditions == node.Status.Conditions
            ? node
            : await _context.Client.UpdateStatusAsync(
                node with { Status = node.Status with { Conditions = conditions } }, cancel);
    }

    /// <returns>How long until it is the node's turn to have its pods driven out; null: nothing waits.</returns>
    private async Task<TimeSpan?> TaintAsync(Node node, CancellationToken cancel)
    {
        var zone = ZoneDisruption.ZoneOf(node);
        var (eviction, wait, taken) = Judge(node, zone);
        var wanted = NodeTaints.Wanted(node, eviction, _context.Now);
        if (wanted == node.Spec.Taints)
        {
            return wait;
        }

        try
        {
            await _context.Client.UpdateAsync(node with { Spec = node.Spec with { Taints = wanted } }, cancel);
            return wait;
        }
        catch (Exception) when (taken)
        {
            _limits.Return(zone);
            throw;
        }
    }

    /// <summary>Whether it is the node's turn to have its pods driven out.</summary>
    private (Eviction Eviction, TimeSpan? Wait, bool Taken) Judge(Node node, string zone)
    {
        if (NodeHealth.IsReady(node) || NodeHealth.Ready(node) is null || NodeTaints.IsEvicting(node))
        {
            return (NodeHealth.IsReady(node) || _nodes.List().Any(NodeHealth.IsReady)
                ? Eviction.Keep : Eviction.End, null, false);
        }

        // When no node is ready, the fault is more likely on our side: nobody is driven out.
        var nodes = _nodes.List();
        if (!nodes.Any(NodeHealth.IsReady))
        {
            return (Eviction.End, null, false);
        }

        var rate = ZoneDisruption.Rate(
            [.. nodes.Where(other => ZoneDisruption.ZoneOf(other) == zone)], _context.Options);
        if (rate <= 0)
        {
            return (Eviction.Keep, null, false);
        }

        return _limits.Take(zone, rate) is { } wait ? (Eviction.Keep, wait, false) : (Eviction.Begin, null, true);
    }

    /// <summary>When a node stops being ready, so do its pods, as it will not say so itself.</summary>
    private async Task TellPodsAsync(Node node, CancellationToken cancel)
    {
        var name = node.Metadata.Name;
        var ready = NodeHealth.IsReady(node);
        var wasReady = !_wasReady.TryGetValue(name, out var before) || before;
        if (!ready)
        {
            if (wasReady && NodeHealth.Ready(node) is not null)
            {
                _events.Normal(node, "NodeNotReady", $"Node {name} status is now: NodeNotReady");
            }

            foreach (var pod in _podsByNode.Get(name))
            {
                await MarkNotReadyAsync(pod, cancel);
            }
        }

        _wasReady[name] = ready;
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
