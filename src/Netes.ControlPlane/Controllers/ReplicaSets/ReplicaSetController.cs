using Netes.Api;
using Netes.Api.Apps;
using Netes.Api.Core;
using Netes.Client;

namespace Netes.ControlPlane;

/// <summary>Keeps as many pods as a replica set wants. Source: pkg/controller/replicaset/replica_set.go.</summary>
internal sealed class ReplicaSetController : IController
{
    private readonly ControllerContext _context;
    private readonly ObjectCache<ReplicaSet> _sets;
    private readonly ObjectIndex<Pod> _podsByOwner;
    private readonly ObjectIndex<ReplicaSet> _setsByOwner;
    private readonly Expectations _expectations;
    private readonly PodControl _pods;
    private readonly KeyedController<ObjectKey> _keyed;

    public ReplicaSetController(ControllerContext context)
    {
        _context = context;
        _expectations = new Expectations(context.Time);
        _pods = new PodControl(context.Client, context.Events(Name));
        _keyed = new KeyedController<ObjectKey>(context, Name, ReconcileAsync);
        var sets = context.Informers.Get<ReplicaSet>();
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

    public string Name => "replicaset-controller";

    public Task RunAsync(CancellationToken cancel) => _keyed.RunAsync(cancel);

    private void PodChanged(Change<Pod> change)
    {
        var (_, old, next) = change;
        var owner = next is null ? null : Enqueueing.OwnerKey<ReplicaSet>(next);
        var formerOwner = old is null ? null : Enqueueing.OwnerKey<ReplicaSet>(old);
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
            if (Selectors.Matches(set.Spec.Selector, orphan.Metadata.Labels))
            {
                _keyed.Queue.Add(ObjectKey.Of(set));
            }
        }
    }

    private async Task<ReconcileResult> ReconcileAsync(ObjectKey key, CancellationToken cancel)
    {
        if (!_sets.TryGet(key, out var set))
        {
            return ReconcileResult.Done;
        }

        // Read before the pods: what is expected later than the list cannot be missing from it unnoticed.
        var satisfied = _expectations.Satisfied(set.Metadata.Uid);
        var candidates = _podsByOwner.Get(set.Metadata.Uid)
            .Concat(_podsByOwner.Get(Ownership.OrphansOf(key.Namespace)))
            .Where(pod => !PodFacts.IsTerminal(pod));
        var plan = Ownership.Plan(set.Metadata, set.Spec.Selector, candidates);
        var owned = await Ownership.ClaimAsync(_context.Client, set, plan, cancel);
        var active = owned.Where(PodFacts.IsActive).ToList();
        var failure = satisfied && set.Metadata.DeletionTimestamp is null
            ? await ManageAsync(set, active, cancel)
            : null;
        await UpdateStatusAsync(set, active, owned.Count - active.Count, failure, cancel);
        if (failure is not null && !PodControl.IsNamespaceEnding(failure))
        {
            throw failure;
        }

        return ReplicaSetPlan.NextAvailability(set, active, _context.Now) is { } wait
            ? ReconcileResult.Again(wait)
            : ReconcileResult.Done;
    }

    private async Task<Exception?> ManageAsync(ReplicaSet set, List<Pod> active, CancellationToken cancel)
    {
        var uid = set.Metadata.Uid;
        var difference = ReplicaSetPlan.Difference(set, active.Count);
        if (difference > 0)
        {
            _expectations.ExpectCreations(uid, difference);
            var pod = PodControl.FromTemplate(set.Spec.Template, set);
            var (created, failure) = await SlowStart.RunAsync(difference, _ => _pods.CreateAsync(pod, set, cancel));
            _expectations.CreationsObserved(uid, difference - created);
            return failure;
        }

        if (difference < 0)
        {
            var victims = PodDeletionOrder.Choose(active, RelatedPods(set), -difference, _context.Now);
            _expectations.ExpectDeletions(uid, victims.Select(ObjectKey.Of));
            var failures =
                await Task.WhenAll(victims.Select(victim => _pods.TryDeleteAsync(victim, set, _expectations, cancel)));
            return failures.FirstOrDefault(failure => failure is not null);
        }

        return null;
    }

    /// <summary>The pods of all sets that the same owner controls, so that a rollout thins out crowded nodes.</summary>
    private IEnumerable<Pod> RelatedPods(ReplicaSet set)
    {
        var siblings = ObjectReferences.ControllerOf(set.Metadata) is { } owner ? _setsByOwner.Get(owner.Uid) : [set];
        return siblings.SelectMany(sibling => _podsByOwner.Get(sibling.Metadata.Uid));
    }

    private async Task UpdateStatusAsync(
        ReplicaSet set, List<Pod> active, int terminating, Exception? failure, CancellationToken cancel)
    {
        var status = ReplicaSetPlan.Status(set, active, terminating, failure, _context.Now);
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
}
