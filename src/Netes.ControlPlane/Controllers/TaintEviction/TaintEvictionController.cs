using System.Collections.Concurrent;
using Netes.Api.Core;
using Netes.Client;

namespace Netes.ControlPlane;

/// <summary>
/// Deletes pods from nodes whose NoExecute taints they do not tolerate, or not that long.
/// Source: pkg/controller/tainteviction/taint_eviction.go.
/// </summary>
internal sealed class TaintEvictionController : IController
{
    private readonly ControllerContext _context;
    private readonly ObjectCache<Pod> _pods;
    private readonly ObjectCache<Node> _nodes;
    private readonly ConcurrentDictionary<ObjectKey, Planned> _planned = [];
    private readonly PodEviction _eviction;
    private readonly EventRecorder _events;
    private readonly KeyedController<ObjectKey> _keyed;

    public TaintEvictionController(ControllerContext context)
    {
        _context = context;
        _eviction = new PodEviction(
            context.Client, "DeletionByTaintManager", "Taint manager: deleting due to NoExecute taint");
        _events = context.Events(Name);
        _keyed = new KeyedController<ObjectKey>(context, Name, ReconcileAsync);
        var pods = context.Informers.Get<Pod>();
        var nodes = context.Informers.Get<Node>();
        _pods = pods.Cache;
        _nodes = nodes.Cache;
        var byNode = pods.Cache.AddIndex(pod => [pod.Spec.NodeName]);
        pods.AddHandler(change =>
        {
            if (change.Old?.Spec.NodeName != change.New?.Spec.NodeName
                || change.Old?.Spec.Tolerations != change.New?.Spec.Tolerations)
            {
                _keyed.Queue.Add(change.Key);
            }
        });
        nodes.AddHandler(change =>
        {
            if (change.New is { } node && change.Old?.Spec.Taints != node.Spec.Taints
                && (HasNoExecute(node) || (change.Old is not null && HasNoExecute(change.Old))))
            {
                foreach (var pod in byNode.Get(node.Metadata.Name))
                {
                    _keyed.Queue.Add(ObjectKey.Of(pod));
                }
            }
        });
    }

    public string Name => "taint-eviction-controller";

    public Task RunAsync(CancellationToken cancel) => _keyed.RunAsync(cancel);

    private static bool HasNoExecute(Node node) => node.Spec.Taints.Any(taint => taint.Effect == TaintEffect.NoExecute);

    private async Task<ReconcileResult> ReconcileAsync(ObjectKey key, CancellationToken cancel)
    {
        if (!_pods.TryGet(key, out var pod) || pod.Metadata.DeletionTimestamp is not null || PodFacts.IsTerminal(pod)
            || _nodes.Get("", pod.Spec.NodeName) is not { } node)
        {
            _planned.TryRemove(key, out _);
            return ReconcileResult.Done;
        }

        var now = _context.Now;
        var seen = _planned.TryGetValue(key, out var planned) && planned.Uid == pod.Metadata.Uid ? planned.Since : now;
        if (TaintEvictionPlan.EvictAt(pod, node, seen) is not { } due)
        {
            if (_planned.TryRemove(key, out _))
            {
                _events.Normal(pod, "TaintManagerEviction", $"Cancelling deletion of Pod {key}");
            }

            return ReconcileResult.Done;
        }

        if (due > now)
        {
            _planned[key] = new Planned(pod.Metadata.Uid, seen);
            return ReconcileResult.Again(due - now);
        }

        _planned.TryRemove(key, out _);
        _events.Normal(pod, "TaintManagerEviction", $"Marking for deletion Pod {key}");
        await _eviction.RunAsync(pod, now, null, cancel);
        return ReconcileResult.Done;
    }

    /// <summary>A pod that will have to go, and since when that is known.</summary>
    private readonly record struct Planned(string Uid, DateTimeOffset Since);
}
