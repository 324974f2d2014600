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
    private readonly EvictionMetrics _metrics;
    private readonly KeyedController<ObjectKey> _keyed;

    public TaintEvictionController(ControllerContext context)
    {
        _context = context;
        _eviction = new PodEviction(
            context.Client, "DeletionByTaintManager", "Taint manager: deleting due to NoExecute taint");
        _events = context.Events(Name);
        _metrics = new EvictionMetrics(context.Options.Metrics, "taint_eviction_controller");
        _keyed = new KeyedController<ObjectKey>(context, Name, ReconcileAsync, queue: new("noexec_taint_pod"));
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
        var planned = _planned.GetValueOrDefault(key);
        if (!_pods.TryGet(key, out var pod) || (planned is not null && planned.Pod.Metadata.Uid != pod.Metadata.Uid))
        {
            Cancel(key);
            planned = null;
        }

        // Pods that have ended, or are ending, go too.
        if (pod is null || _nodes.Get("", pod.Spec.NodeName) is not { } node)
        {
            return ReconcileResult.Done;
        }

        var now = _context.Now;
        var seen = planned?.Since ?? now;
        if (TaintEvictionPlan.EvictAt(pod, node, seen) is not { } due)
        {
            Cancel(key);
            return ReconcileResult.Done;
        }

        if (due > now)
        {
            _planned[key] = new Planned(pod, seen);
            return ReconcileResult.Again(due - now);
        }

        if (!TaintEvictionPlan.IsTolerated(pod, node))
        {
            Cancel(key);
        }

        _events.Normal(pod, "TaintManagerEviction", $"Marking for deletion Pod {key}");
        if (await _eviction.RunAsync(pod, now, cancel))
        {
            _metrics.Deleted(_context.Now - due);
        }

        // Not before: should it fail, the time that the pod had is over all the same.
        _planned.TryRemove(key, out _);
        return ReconcileResult.Done;
    }

    /// <summary>The deletion that was planned does not come, or not as it was planned.</summary>
    private void Cancel(ObjectKey key)
    {
        if (_planned.TryRemove(key, out var planned))
        {
            _events.Normal(planned.Pod, "TaintManagerEviction", $"Cancelling deletion of Pod {key}");
        }
    }

    /// <summary>A pod that will have to go, and since when that is known.</summary>
    private sealed record Planned(Pod Pod, DateTimeOffset Since);
}
