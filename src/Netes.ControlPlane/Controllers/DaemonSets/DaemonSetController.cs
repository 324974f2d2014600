using Netes.Api;
using Netes.Api.Apps;
using Netes.Api.Core;
using Netes.Client;

namespace Netes.ControlPlane;

/// <summary>
/// Runs one pod of a daemon set on each node that it fits. Source: pkg/controller/daemon/daemon_controller.go.
/// </summary>
internal sealed class DaemonSetController : IController
{
    private const int BurstReplicas = 250;

    private readonly ControllerContext _context;
    private readonly ObjectCache<DaemonSet> _sets;
    private readonly ObjectCache<Node> _nodes;
    private readonly ObjectIndex<Pod> _podsByOwner;
    private readonly ObjectIndex<ControllerRevision> _revisionsByOwner;
    private readonly OwnWrites<ControllerRevision> _writes;
    private readonly DaemonSetRevisions _revisions;
    private readonly Expectations _expectations;
    private readonly FailedPodBackoff _failed;
    private readonly PodControl _pods;
    private readonly EventRecorder _events;
    private readonly KeyedController<ObjectKey> _keyed;

    public DaemonSetController(ControllerContext context)
    {
        _context = context;
        _events = context.Events(Name);
        _expectations = new Expectations(context.Time);
        _failed = new FailedPodBackoff(context.Time);
        _pods = new PodControl(context.Client, _events);
        _keyed = new KeyedController<ObjectKey>(context, Name, ReconcileAsync);
        var sets = context.Informers.Get<DaemonSet>();
        var nodes = context.Informers.Get<Node>();
        var pods = context.Informers.Get<Pod>();
        var revisions = context.Informers.Get<ControllerRevision>();
        (_sets, _nodes) = (sets.Cache, nodes.Cache);
        _podsByOwner = pods.Cache.AddIndex(Ownership.IndexValues);
        _revisionsByOwner = revisions.Cache.AddIndex(Ownership.IndexValues);
        _writes = new OwnWrites<ControllerRevision>(revisions, Enqueueing.OwnerKey<DaemonSet>);
        _revisions = new DaemonSetRevisions(context.Client, _writes);
        sets.AddHandler(SetChanged);
        nodes.AddHandler(NodeChanged);
        pods.AddHandler(PodChanged);
        revisions.EnqueueController<ControllerRevision, DaemonSet>(_keyed.Queue);
    }

    public string Name => "daemonset-controller";

    public Task RunAsync(CancellationToken cancel) => _keyed.RunAsync(cancel);

    private void SetChanged(Change<DaemonSet> change)
    {
        if (change.Old is { } old && old.Metadata.Uid != change.New?.Metadata.Uid)
        {
            _expectations.Forget(old.Metadata.Uid);
            _failed.Forget(old.Metadata.Uid);
        }

        _keyed.Queue.Add(change.Key);
    }

    /// <summary>Heartbeats change nothing; labels, taints and names do.</summary>
    private void NodeChanged(Change<Node> change)
    {
        if (change.Old is { } old && change.New is { } next
            && old.Metadata.Labels == next.Metadata.Labels && old.Spec == next.Spec)
        {
            return;
        }

        foreach (var set in _sets.List())
        {
            if (change.Old is null || change.New is null
                || DaemonNodes.Judge(set.Spec.Template, change.Old) != DaemonNodes.Judge(set.Spec.Template, change.New))
            {
                _keyed.Queue.Add(ObjectKey.Of(set));
            }
        }
    }

    private void PodChanged(Change<Pod> change)
    {
        var (key, old, next) = change;
        var owner = next is null ? null : Enqueueing.OwnerKey<DaemonSet>(next);
        _expectations.Observe(change);
        if (old is not null && Enqueueing.OwnerKey<DaemonSet>(old) is { } former)
        {
            _keyed.Queue.Add(former);
        }

        if (owner is { } current)
        {
            _keyed.Queue.Add(current);
        }
        else if (next is not null && ObjectReferences.ControllerOf(next.Metadata) is null)
        {
            foreach (var set in _sets.List(key.Namespace))
            {
                if (Selectors.Matches(set.Spec.Selector, next.Metadata.Labels))
                {
                    _keyed.Queue.Add(ObjectKey.Of(set));
                }
            }
        }
    }

    private async Task<ReconcileResult> ReconcileAsync(ObjectKey key, CancellationToken cancel)
    {
        if (!_sets.TryGet(key, out var set) || set.Metadata.DeletionTimestamp is not null)
        {
            return ReconcileResult.Done;
        }

        if (Selectors.IsEmpty(set.Spec.Selector))
        {
            _events.Warning(set, "SelectingAll",
                "This daemon set is selecting all pods. A non-empty selector is required.");
            return ReconcileResult.Done;
        }

        var revisions = await ClaimAsync(set, _writes.Apply(key, _revisionsByOwner.Get(set.Metadata.Uid))
            .Concat(_revisionsByOwner.Get(Ownership.OrphansOf(key.Namespace))), cancel);
        var (current, old) = await _revisions.SyncAsync(set, revisions, _podsByOwner.Get(set.Metadata.Uid), cancel);

        // Read before the pods: what is expected later than the list cannot be missing from it unnoticed.
        var satisfied = _expectations.Satisfied(set.Metadata.Uid);
        var pods = await ClaimAsync(set, _podsByOwner.Get(set.Metadata.Uid)
            .Concat(_podsByOwner.Get(Ownership.OrphansOf(key.Namespace))), cancel);
        var hash = RevisionHistory.HashOf(current);
        var plan = new DaemonSetPlan(set, _nodes.List(), pods, hash, _context.Now);
        TimeSpan? wait = null;
        Exception? failure = null;
        if (satisfied)
        {
            (failure, wait) = await ActAsync(set, plan, hash, cancel);
            await _revisions.CleanUpAsync(set, old, pods, cancel);
        }

        await UpdateStatusAsync(set, plan.Status(observed: satisfied), cancel);
        if (failure is not null && !PodControl.IsNamespaceEnding(failure))
        {
            throw failure;
        }

        return Sooner(wait,
            pods.Select(pod => PodFacts.UntilAvailable(pod, set.Spec.MinReadySeconds, _context.Now)).Min())
            is { } again ? ReconcileResult.Again(again) : ReconcileResult.Done;
    }

    private async Task<List<T>> ClaimAsync<T>(DaemonSet set, IEnumerable<T> candidates, CancellationToken cancel)
        where T : class, IResource<T> => await Ownership.ClaimAsync(
            _context.Client, set, Ownership.Plan(set.Metadata, set.Spec.Selector, candidates), cancel);

    private async Task<(Exception? Failure, TimeSpan? Wait)> ActAsync(
        DaemonSet set, DaemonSetPlan plan, string hash, CancellationToken cancel)
    {
        var steps = plan.Manage();
        var wait = DeleteEnded(set, steps);
        var failure = await CarryOutAsync(set, steps, hash, cancel);
        if (failure is null && steps.IsEmpty
            && set.Spec.UpdateStrategy.Type == DaemonSetUpdateStrategyType.RollingUpdate)
        {
            failure = await CarryOutAsync(set, plan.Roll(), hash, cancel);
        }

        return (failure, wait);
    }

    /// <summary>Pods that ended go when their back-off allows; how long the next one has to wait.</summary>
    private TimeSpan? DeleteEnded(DaemonSet set, DaemonSteps steps)
    {
        TimeSpan? wait = null;
        foreach (var (pod, node) in steps.Ended)
        {
            var name = $"{pod.Metadata.Namespace}/{pod.Metadata.Name}";
            if (pod.Status.Phase == PodPhase.Succeeded)
            {
                _events.Normal(set, "SucceededDaemonPod",
                    $"Found succeeded daemon pod {name} on node {node}, will try to delete it");
            }
            else if (_failed.Next(set.Metadata.Uid, node) is { } left)
            {
                wait = Sooner(wait, left);
                continue;
            }
            else
            {
                _events.Warning(set, "FailedDaemonPod",
                    $"Found failed daemon pod {name} on node {node}, will try to kill it");
            }

            steps.Delete.Add(pod);
        }

        return wait;
    }

    private async Task<Exception?> CarryOutAsync(
        DaemonSet set, DaemonSteps steps, string hash, CancellationToken cancel)
    {
        var nodes = steps.Create.Take(BurstReplicas).ToList();
        var victims = steps.Delete.Take(BurstReplicas).ToList();
        if (nodes.Count == 0 && victims.Count == 0)
        {
            return null;
        }

        _expectations.Expect(set.Metadata.Uid, nodes.Count, victims.Select(ObjectKey.Of));
        var template = PodControl.FromTemplate(set.Spec.Template, set);
        var labels = template.Metadata.Labels.Set(RevisionHistory.HashLabel, hash);
        if (DaemonSetRevisions.TemplateGeneration(set) is { } generation)
        {
            labels = labels.Set(DaemonSetRevisions.GenerationLabel, generation);
        }

        template = template with { Metadata = template.Metadata with { Labels = labels } };
        var (created, failure) = await SlowStart.RunAsync(nodes.Count, index => _pods.CreateAsync(
            template with { Spec = DaemonNodes.For(template.Spec, nodes[index]) }, set, cancel));
        _expectations.CreationsObserved(set.Metadata.Uid, nodes.Count - created);
        var failures =
            await Task.WhenAll(victims.Select(victim => _pods.TryDeleteAsync(victim, set, _expectations, cancel)));
        return failure ?? failures.FirstOrDefault(other => other is not null);
    }

    private async Task UpdateStatusAsync(DaemonSet set, DaemonSetStatus status, CancellationToken cancel)
    {
        if (status == set.Status)
        {
            return;
        }

        try
        {
            await _context.Client.UpdateStatusAsync(set with { Status = status }, cancel);
        }
        catch (ApiException gone) when (gone.IsNotFound)
        {
            // Deleted in the meantime: its status interests nobody.
        }
    }

    private static TimeSpan? Sooner(TimeSpan? one, TimeSpan? other) =>
        one is null ? other : other is null || one < other ? one : other;
}
