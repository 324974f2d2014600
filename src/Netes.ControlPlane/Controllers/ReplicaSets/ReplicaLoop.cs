using Netes.Api;
using Netes.Api.Apps;
using Netes.Api.Core;
using Netes.Api.Telemetry;
using Netes.Client;

namespace Netes.ControlPlane;

/// <summary>
/// Keeps as many pods as a replica set, or a replication controller, wants. Both are the same thing but for their
/// selectors. Source: pkg/controller/replicaset/replica_set.go, pkg/controller/replication.
/// </summary>
/// <typeparam name="T">The kind of the owner.</typeparam>
internal sealed class ReplicaLoop<T>
    where T : class, IResource<T>
{
    private readonly ControllerContext _context;
    private readonly Func<T, ReplicaSet> _view;
    private readonly Func<T, ReplicaSetStatus, T> _withStatus;
    private readonly ObjectCache<T> _sets;
    private readonly ObjectIndex<Pod> _podsByOwner;
    private readonly ObjectIndex<T> _setsByOwner;
    private readonly Expectations _expectations;
    private readonly PodControl _pods;
    private readonly Histogram? _deletionAges;
    private readonly KeyedController<ObjectKey> _keyed;

    /// <param name="context">What controllers share.</param>
    /// <param name="name">The controller's name.</param>
    /// <param name="queue">The name of its queue where that is measured.</param>
    /// <param name="view">The owner as a replica set.</param>
    /// <param name="withStatus">The owner with a replica set's status.</param>
    public ReplicaLoop(
        ControllerContext context, string name, string queue, Func<T, ReplicaSet> view,
        Func<T, ReplicaSetStatus, T> withStatus)
    {
        (_context, _view, _withStatus) = (context, view, withStatus);
        _expectations = new Expectations(context.Time);
        _pods = new PodControl(context.Client, context.Events(name));
        _deletionAges = context.Options.Metrics?.Histogram(
            "replicaset_controller_sorting_deletion_age_ratio",
            "[ALPHA] Ages of ready pods that were chosen to be deleted, as multiples of the youngest ready pod's age.",
            Buckets.Exponential(0.25, 2, 6)).With(default);
        _keyed = new KeyedController<ObjectKey>(
            context, name, ReconcileAsync, queue: new QueueSettings(queue));
        var sets = context.Informers.Get<T>();
        var pods = context.Informers.Get<Pod>();
        _sets = sets.Cache;
        _setsByOwner = sets.Cache.AddIndex(Ownership.IndexValues);
        _podsByOwner = pods.Cache.AddIndex(Ownership.IndexValues);
        sets.Enqueue(_keyed.Queue);
        sets.AddHandler(change =>
        {
            if (change.Old is { } old && old.Metadata.Uid != change.New?.Metadata.Uid)
            {
                _expectations.Forget(old.Metadata.Uid);
            }
        });
        pods.AddHandler(PodChanged);
    }

    public Task RunAsync(CancellationToken cancel) => _keyed.RunAsync(cancel);

    private void PodChanged(Change<Pod> change)
    {
        var (_, old, next) = change;
        var owner = next is null ? null : Enqueueing.OwnerKey<T>(next);
        var formerOwner = old is null ? null : Enqueueing.OwnerKey<T>(old);
        _expectations.Observe(change);
        if (formerOwner is { } former)
        {
            _keyed.Queue.Add(former);
        }

        if (owner is { } current)
        {
            _keyed.Queue.Add(current);
        }
        else if (next is not null && ObjectReferences.ControllerOf(next.Metadata) is null)
        {
            EnqueueSelecting(next);
        }
    }

    /// <summary>An orphan may be adopted by any set that selects it.</summary>
    private void EnqueueSelecting(Pod orphan)
    {
        foreach (var set in _sets.List(orphan.Metadata.Namespace))
        {
            if (Selectors.Matches(_view(set).Spec.Selector, orphan.Metadata.Labels))
            {
                _keyed.Queue.Add(ObjectKey.Of(set));
            }
        }
    }

    private async Task<ReconcileResult> ReconcileAsync(ObjectKey key, CancellationToken cancel)
    {
        if (!_sets.TryGet(key, out var owner))
        {
            return ReconcileResult.Done;
        }

        var set = _view(owner);

        // Read before the pods: what is expected later than the list cannot be missing from it unnoticed.
        var satisfied = _expectations.Satisfied(set.Metadata.Uid);
        var candidates = _podsByOwner.Get(set.Metadata.Uid)
            .Concat(_podsByOwner.Get(Ownership.OrphansOf(key.Namespace)))
            .Where(pod => !PodFacts.IsTerminal(pod));
        var plan = Ownership.Plan(set.Metadata, set.Spec.Selector, candidates);
        var owned = await Ownership.ClaimAsync(_context.Client, owner, plan, cancel);
        var active = owned.Where(PodFacts.IsActive).ToList();
        var failure = satisfied && set.Metadata.DeletionTimestamp is null
            ? await ManageAsync(owner, set, active, cancel)
            : null;

        // What was deleted just now is not available any more, whatever the cache says: a deployment that believed it
        // would take more old pods than it may.
        active.RemoveAll(pod => _expectations.IsLeaving(set.Metadata.Uid, ObjectKey.Of(pod)));
        await UpdateStatusAsync(owner, set, active, owned.Count - active.Count, failure, cancel);
        if (failure is not null && !PodControl.IsNamespaceEnding(failure))
        {
            throw failure;
        }

        return ReplicaSetPlan.NextAvailability(set, active, _context.Now) is { } wait
            ? ReconcileResult.Again(wait)
            : ReconcileResult.Done;
    }

    private async Task<Exception?> ManageAsync(T owner, ReplicaSet set, List<Pod> active, CancellationToken cancel)
    {
        var uid = set.Metadata.Uid;
        var difference = ReplicaSetPlan.Difference(set, active.Count);
        if (difference > 0)
        {
            _expectations.ExpectCreations(uid, difference);
            var pod = PodControl.FromTemplate(set.Spec.Template, owner);
            var (created, failure) = await SlowStart.RunAsync(difference, _ => _pods.CreateAsync(pod, owner, cancel));
            _expectations.CreationsObserved(uid, difference - created);
            return failure;
        }

        if (difference < 0)
        {
            var victims = PodDeletionOrder.Choose(active, RelatedPods(owner), -difference, _context.Now);
            foreach (var ratio in PodDeletionOrder.AgeRatios(active, victims, _context.Now))
            {
                _deletionAges?.Observe(ratio);
            }

            _expectations.ExpectDeletions(uid, victims.Select(ObjectKey.Of));
            var failures = await Task.WhenAll(
                victims.Select(victim => _pods.TryDeleteAsync(victim, owner, _expectations, cancel)));
            return failures.FirstOrDefault(failure => failure is not null);
        }

        return null;
    }

    /// <summary>The pods of all sets that the same owner controls, so that a rollout thins out crowded nodes.</summary>
    private IEnumerable<Pod> RelatedPods(T set)
    {
        var siblings = ObjectReferences.ControllerOf(set.Metadata) is { } parent
            ? _setsByOwner.Get(parent.Uid)
            : [set];
        return siblings.SelectMany(sibling => _podsByOwner.Get(sibling.Metadata.Uid));
    }

    private async Task UpdateStatusAsync(
        T owner, ReplicaSet set, List<Pod> active, int terminating, Exception? failure, CancellationToken cancel)
    {
        var status = ReplicaSetPlan.Status(set, active, terminating, failure, _context.Now);
        var next = _withStatus(owner, status);
        if (next.Equals(owner))
        {
            return;
        }

        try
        {
            await _context.Client.UpdateStatusAsync(next, cancel);
        }
        catch (ApiException gone) when (gone.IsNotFound)
        {
            // Deleted in the meantime: its status interests nobody.
        }
    }
}
