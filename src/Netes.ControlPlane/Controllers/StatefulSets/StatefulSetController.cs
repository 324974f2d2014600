using Netes.Api;
using Netes.Api.Apps;
using Netes.Api.Core;
using Netes.Client;

namespace Netes.ControlPlane;

/// <summary>
/// Gives a stateful set its pods, each with a name and claims of its own, at most one of a name at a time.
/// Source: pkg/controller/statefulset/stateful_set.go.
/// </summary>
internal sealed class StatefulSetController : IController
{
    private readonly ControllerContext _context;
    private readonly ObjectCache<StatefulSet> _sets;
    private readonly ObjectCache<PersistentVolumeClaim> _claims;
    private readonly ObjectIndex<Pod> _podsByOwner;
    private readonly ObjectIndex<ControllerRevision> _revisionsByOwner;
    private readonly OwnWrites<ControllerRevision> _writes;
    private readonly StatefulRevisions _revisions;
    private readonly StatefulPods _pods;
    private readonly Expectations _expectations;
    private readonly KeyedController<ObjectKey> _keyed;

    public StatefulSetController(ControllerContext context)
    {
        _context = context;
        _expectations = new Expectations(context.Time);
        _keyed = new KeyedController<ObjectKey>(context, Name, ReconcileAsync);
        var sets = context.Informers.Get<StatefulSet>();
        var pods = context.Informers.Get<Pod>();
        var claims = context.Informers.Get<PersistentVolumeClaim>();
        var revisions = context.Informers.Get<ControllerRevision>();
        (_sets, _claims) = (sets.Cache, claims.Cache);
        _podsByOwner = pods.Cache.AddIndex(Ownership.IndexValues);
        _revisionsByOwner = revisions.Cache.AddIndex(Ownership.IndexValues);
        _writes = new OwnWrites<ControllerRevision>(revisions, Enqueueing.OwnerKey<StatefulSet>);
        _revisions = new StatefulRevisions(context.Client, _writes);
        _pods = new StatefulPods(context.Client, _claims, context.Events(Name));
        sets.Enqueue(_keyed.Queue);
        sets.AddHandler(change =>
        {
            if (change.Old is { } old && old.Metadata.Uid != change.New?.Metadata.Uid)
            {
                _expectations.Forget(old.Metadata.Uid);
            }
        });
        pods.AddHandler(PodChanged);
        claims.AddHandler(ClaimChanged);
        revisions.EnqueueController<ControllerRevision, StatefulSet>(_keyed.Queue);
    }

    public string Name => "statefulset-controller";

    public Task RunAsync(CancellationToken cancel) => _keyed.RunAsync(cancel);

    private void PodChanged(Change<Pod> change)
    {
        var (key, old, next) = change;
        _expectations.Observe(change);
        foreach (var pod in new[] { old, next })
        {
            if (pod is not null && Enqueueing.OwnerKey<StatefulSet>(pod) is { } owner)
            {
                _keyed.Queue.Add(owner);
            }
        }

        if (next is not null && ObjectReferences.ControllerOf(next.Metadata) is null)
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

    /// <summary>A pod may wait for the end of the claim of a former one, or has lost its own.</summary>
    private void ClaimChanged(Change<PersistentVolumeClaim> change)
    {
        if (change.New is not null && change.New.Metadata.OwnerReferences == change.Old?.Metadata.OwnerReferences)
        {
            return;
        }

        foreach (var set in _sets.List(change.Key.Namespace))
        {
            if (set.Spec.VolumeClaimTemplates.Any(template => change.Key.Name.StartsWith(
                $"{template.Metadata.Name}-{set.Metadata.Name}-", StringComparison.Ordinal)))
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

        var owned = await Ownership.ClaimAsync(_context.Client, set, Ownership.Plan(
            set.Metadata, set.Spec.Selector, _writes.Apply(key, _revisionsByOwner.Get(set.Metadata.Uid))
                .Concat(_revisionsByOwner.Get(Ownership.OrphansOf(key.Namespace)))), cancel);
        var revisions = await _revisions.SyncAsync(set, owned, cancel);

        // Read before the pods: what is expected later than the list cannot be missing from it unnoticed.
        var satisfied = _expectations.Satisfied(set.Metadata.Uid);
        var pods = await ClaimPodsAsync(set, cancel);
        var plan = new StatefulSetPlan(
            set, pods, revisions, name => _claims.Get(key.Namespace, name), _context.Now);
        HashSet<ObjectKey> deleted = [];
        var failure = satisfied ? await ActAsync(set, plan.Phases(), deleted, cancel) : null;
        await UpdateStatusAsync(set, plan.Status(deleted), cancel);
        await _revisions.CleanUpAsync(set, revisions, pods, cancel);
        if (failure is not null && !PodControl.IsNamespaceEnding(failure))
        {
            throw failure;
        }

        return plan.NextAvailability() is { } wait ? ReconcileResult.Again(wait) : ReconcileResult.Done;
    }

    /// <summary>Only pods whose name has the set's name and an ordinal can be its own.</summary>
    private async Task<List<Pod>> ClaimPodsAsync(StatefulSet set, CancellationToken cancel)
    {
        bool IsMember(Pod pod) => StatefulIdentity.Ordinal(set, pod.Metadata.Name) >= 0;
        var plan = Ownership.Plan(set.Metadata, set.Spec.Selector, _podsByOwner.Get(set.Metadata.Uid)
            .Concat(_podsByOwner.Get(Ownership.OrphansOf(set.Metadata.Namespace)).Where(IsMember)));
        if (set.Metadata.DeletionTimestamp is null)
        {
            plan.Release.AddRange(plan.Owned.Where(pod => !IsMember(pod)));
        }

        plan.Owned.RemoveAll(pod => !IsMember(pod));
        return await Ownership.ClaimAsync(_context.Client, set, plan, cancel);
    }

    /// <summary>Phase after phase, until one fails.</summary>
    private async Task<Exception?> ActAsync(
        StatefulSet set, List<List<StatefulStep>> phases, HashSet<ObjectKey> deleted, CancellationToken cancel)
    {
        var uid = set.Metadata.Uid;
        var steps = phases.SelectMany(phase => phase).ToList();
        var open = steps.ToHashSet(ReferenceEqualityComparer.Instance);
        _expectations.Expect(uid, steps.Count(step => step.Action == StatefulAction.Create),
            steps.Where(step => step.Action == StatefulAction.Delete).Select(step => ObjectKey.Of(step.Pod)));
        Exception? failure = null;
        foreach (var phase in phases.TakeWhile(_ => failure is null))
        {
            (_, failure) = set.Spec.PodManagementPolicy == PodManagementPolicyType.Parallel
                ? await SlowStart.RunAsync(phase.Count, index => DoAsync(phase[index]))
                : await InOrderAsync(phase, DoAsync);
        }

        foreach (var step in steps.Where(open.Contains))
        {
            // It failed, or never came about: nobody will see it.
            _expectations.CreationsObserved(uid, step.Action == StatefulAction.Create ? 1 : 0);
            _expectations.DeletionObserved(uid, ObjectKey.Of(step.Pod));
        }

        return failure;

        async Task DoAsync(StatefulStep step)
        {
            if (!await _pods.DoAsync(set, step, cancel))
            {
                return;
            }

            lock (open)
            {
                open.Remove(step);
                if (step.Action == StatefulAction.Delete)
                {
                    deleted.Add(ObjectKey.Of(step.Pod));
                }
            }
        }
    }

    private static async Task<(int Succeeded, Exception? Failure)> InOrderAsync(
        List<StatefulStep> steps, Func<StatefulStep, Task> action)
    {
        var succeeded = 0;
        try
        {
            for (; succeeded < steps.Count; succeeded++)
            {
                await action(steps[succeeded]);
            }

            return (succeeded, null);
        }
        catch (Exception failure)
        {
            return (succeeded, failure);
        }
    }

    private async Task UpdateStatusAsync(StatefulSet set, StatefulSetStatus status, CancellationToken cancel)
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
}
