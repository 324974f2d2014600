using Netes.Api;
using Netes.Api.Core;
using Netes.Api.Meta;
using Netes.Client;

namespace Netes.ControlPlane;

/// <summary>What has to be looked at: the pods of a node that went, one pod, or (neither) the finished pods.</summary>
internal readonly record struct PodGcKey(string Node, ObjectKey Pod)
{
    /// <summary>For logs, where a failure is told: the parts that are not there must not fail it again.</summary>
    public override string ToString() =>
        !string.IsNullOrEmpty(Node) ? $"node {Node}" : Pod != default ? $"pod {Pod}" : "finished pods";
}

/// <summary>
/// Deletes pods that nobody else will: those of nodes that are gone, those deleted before they got a node, and the
/// oldest finished ones when there are too many. Source: pkg/controller/podgc/gc_controller.go.
/// </summary>
internal sealed class PodGcController : IController
{
    // A node that went may come back under the same name.
    private static readonly TimeSpan Quarantine = TimeSpan.FromSeconds(40);

    private const string Finished = "finished";
    private const string Evicted = "Evicted";
    private const string OutOfService = "node.kubernetes.io/out-of-service";

    private readonly ControllerContext _context;
    private readonly ObjectCache<Pod> _pods;
    private readonly ObjectCache<Node> _nodes;
    private readonly ObjectIndex<Pod> _byNode;
    private readonly ObjectIndex<Pod> _finished;
    private readonly PodGcMetrics _metrics;
    private readonly KeyedController<PodGcKey> _keyed;

    public PodGcController(ControllerContext context)
    {
        _context = context;
        _metrics = new PodGcMetrics(context.Options.Metrics);
        _keyed = new KeyedController<PodGcKey>(
            context, Name, ReconcileAsync, workers: 1, queue: new("orphaned_pods_nodes"));
        var pods = context.Informers.Get<Pod>();
        var nodes = context.Informers.Get<Node>();
        (_pods, _nodes) = (pods.Cache, nodes.Cache);
        _byNode = pods.Cache.AddIndex(pod => [pod.Spec.NodeName]);
        _finished = pods.Cache.AddIndex(pod => PodFacts.IsTerminal(pod) ? [Finished] : []);
        pods.AddHandler(PodChanged);
        nodes.AddHandler(change =>
        {
            if (change.New is null)
            {
                _keyed.Queue.AddAfter(new PodGcKey(change.Key.Name, default), Quarantine);
            }
            else if (IsOutOfService(change.New) && (change.Old is null || !IsOutOfService(change.Old)))
            {
                _keyed.Queue.Add(new PodGcKey(change.Key.Name, default));
            }
        });
    }

    public string Name => "pod-garbage-collector-controller";

    public async Task RunAsync(CancellationToken cancel)
    {
        // Nodes that went while nobody looked.
        foreach (var node in _pods.List().Select(pod => pod.Spec.NodeName).Distinct(StringComparer.Ordinal))
        {
            if (node.Length > 0 && _nodes.Get("", node) is null)
            {
                _keyed.Queue.AddAfter(new PodGcKey(node, default), Quarantine);
            }
        }

        await _keyed.RunAsync(cancel);
    }

    private void PodChanged(Change<Pod> change)
    {
        if (change.New is not { } pod)
        {
            return;
        }

        if (pod.Metadata.DeletionTimestamp is not null
            && _nodes.Get("", pod.Spec.NodeName) is { } node && IsOutOfService(node))
        {
            _keyed.Queue.Add(new PodGcKey(pod.Spec.NodeName, default));
        }

        if (pod.Spec.NodeName.Length == 0 && pod.Metadata.DeletionTimestamp is not null)
        {
            _keyed.Queue.Add(new PodGcKey("", change.Key));
        }
        else if (change.Old?.Spec.NodeName != pod.Spec.NodeName && pod.Spec.NodeName.Length > 0
            && _nodes.Get("", pod.Spec.NodeName) is null)
        {
            _keyed.Queue.AddAfter(new PodGcKey(pod.Spec.NodeName, default), Quarantine);
        }

        if (PodFacts.IsTerminal(pod) && IsOverThreshold)
        {
            _keyed.Queue.Add(default);
        }
    }

    private int Threshold => _context.Options.TerminatedPodThreshold;

    private bool IsOverThreshold => Threshold > 0 && _finished.Count(Finished) > Threshold;

    private async Task<ReconcileResult> ReconcileAsync(PodGcKey key, CancellationToken cancel)
    {
        if (!string.IsNullOrEmpty(key.Node))
        {
            await CollectNodeAsync(key.Node, cancel);
        }
        else if (key.Pod != default)
        {
            await CollectUnscheduledAsync(key.Pod, cancel);
        }
        else
        {
            await CollectFinishedAsync(cancel);
        }

        return ReconcileResult.Done;
    }

    private async Task CollectNodeAsync(string node, CancellationToken cancel)
    {
        if (_nodes.Get("", node) is { } known)
        {
            await CollectTerminatingAsync(known, cancel);
            return;
        }

        if (await ExistsAsync(node, cancel))
        {
            return;
        }

        await CollectAsync(_byNode.Get(node), PodGcReason.Orphaned, cancel);
    }

    /// <summary>
    /// An administrator says that the node is off (KEP-2268): what is to end there has ended.
    /// </summary>
    private async Task CollectTerminatingAsync(Node node, CancellationToken cancel)
    {
        if (IsOutOfService(node))
        {
            await CollectAsync(
                FirstToGo(_byNode.Get(node.Metadata.Name)
                    .Where(static pod => pod.Metadata.DeletionTimestamp is not null)),
                PodGcReason.OutOfService, cancel);
        }
    }

    private static bool IsOutOfService(Node node) =>
        !NodeHealth.IsReady(node) && node.Spec.Taints.Any(taint => taint.Key == OutOfService);

    private async Task<bool> ExistsAsync(string node, CancellationToken cancel)
    {
        try
        {
            await _context.Client.GetAsync<Node>("", node, cancel);
            return true;
        }
        catch (ApiException failure) when (failure.IsNotFound)
        {
            return false;
        }
    }

    private async Task CollectUnscheduledAsync(ObjectKey key, CancellationToken cancel)
    {
        if (_pods.TryGet(key, out var pod) && pod.Metadata.DeletionTimestamp is not null
            && pod.Spec.NodeName.Length == 0)
        {
            await CollectAsync([pod], PodGcReason.Unscheduled, cancel);
        }
    }

    private async Task CollectFinishedAsync(CancellationToken cancel)
    {
        if (!IsOverThreshold)
        {
            return;
        }

        var finished = _finished.Get(Finished);
        await CollectAsync(
            FirstToGo(finished).Take(finished.Count - Threshold), PodGcReason.Terminated, cancel);
    }

    /// <summary>
    /// Evicted pods before those that ended by themselves, which their controllers may still count; then the oldest.
    /// </summary>
    internal static IEnumerable<Pod> FirstToGo(IEnumerable<Pod> finished) => finished
        .OrderBy(static pod => pod.Status is { Phase: PodPhase.Failed, Reason: Evicted } ? 0 : 1)
        .ThenBy(static pod => pod.Metadata.CreationTimestamp?.UnixSeconds ?? 0)
        .ThenBy(static pod => pod.Metadata.Name, StringComparer.Ordinal);

    /// <summary>One pod that cannot be collected does not keep the others; it is tried again.</summary>
    private async Task CollectAsync(IEnumerable<Pod> pods, string reason, CancellationToken cancel)
    {
        ApiException? first = null;
        foreach (var pod in pods)
        {
            _metrics.Tried(pod.Metadata.Namespace, reason);
            try
            {
                await MarkAndDeleteAsync(pod, reason == PodGcReason.Orphaned, cancel);
            }
            catch (ApiException failure)
            {
                // One that is gone already counts as well, but need not be tried again.
                _metrics.Failed(pod.Metadata.Namespace, reason);
                first ??= failure.IsNotFound ? null : failure;
            }
        }

        if (first is not null)
        {
            throw new ApiException(first.Status);
        }
    }

    /// <summary>
    /// A pod that did not end by itself has failed; then it goes without grace, as nobody is there to give any. Both
    /// are done to that very pod only: a new one of the same name may run elsewhere.
    /// </summary>
    private async Task MarkAndDeleteAsync(Pod pod, bool nodeIsGone, CancellationToken cancel)
    {
        if (!PodFacts.IsTerminal(pod))
        {
            var condition = nodeIsGone ? NodeIsGone(pod) : null;
            await _context.Client.PatchAsync<Pod>(
                pod.Metadata.Namespace, pod.Metadata.Name, PodStatusPatches.Of(pod, PodPhase.Failed, condition),
                "status", cancel);
        }

        var options = new DeleteOptions
        {
            GracePeriodSeconds = 0,
            Preconditions = new Api.Meta.Preconditions { Uid = pod.Metadata.Uid },
        };
        await _context.Client.DeleteAsync<Pod>(pod.Metadata.Namespace, pod.Metadata.Name, options, cancel);
    }

    private PodCondition NodeIsGone(Pod pod) => new()
    {
        Type = PodConditionType.DisruptionTarget,
        ObservedGeneration = pod.Metadata.Generation,
        Status = ConditionStatus.True,
        Reason = "DeletionByPodGC",
        Message = "PodGC: node no longer exists",
        LastTransitionTime = Timestamp.From(_context.Now),
    };
}
