using Netes.Api;
using Netes.Api.Apps;
using Netes.Client;

namespace Netes.ControlPlane;

/// <summary>
/// One reconcile of one deployment: it carries out what <see cref="RolloutPlan"/> says and stores the status.
/// Source: pkg/controller/deployment/{deployment_controller,sync,rolling,recreate}.go.
/// </summary>
internal sealed class Rollout
{
    private readonly ControllerContext _context;
    private readonly EventRecorder _events;
    private readonly Func<ReplicaSet, bool> _podsRun;
    private readonly OwnWrites<ReplicaSet> _writes;
    private readonly Dictionary<string, ReplicaSet> _sets;

    public Rollout(
        ControllerContext context, EventRecorder events, Deployment deployment, IEnumerable<ReplicaSet> sets,
        Func<ReplicaSet, bool> podsRun, OwnWrites<ReplicaSet> writes)
    {
        (_context, _events, Deployment, _podsRun, _writes) = (context, events, deployment, podsRun, writes);
        _sets = sets.ToDictionary(set => set.Metadata.Name, StringComparer.Ordinal);
    }

    /// <summary>The deployment as last stored.</summary>
    public Deployment Deployment { get; private set; }

    /// <returns>The status that was stored.</returns>
    public async Task<DeploymentStatus> RunAsync(CancellationToken cancel)
    {
        if (Deployment.Metadata.DeletionTimestamp is not null)
        {
            var (newest, _) = Split();
            return await StoreAsync(DeploymentStatusPlan.Counts(Deployment, newest, All, _context.Now), cancel);
        }

        if (DeploymentStatusPlan.Pause(Deployment, _context.Now) is { } pause)
        {
            await StoreAsync(DeploymentStatusPlan.WithCondition(Deployment.Status, pause), cancel);
        }

        if (!Deployment.Spec.Paused && RollbackPlan.Make(Deployment, All) is { } rollback)
        {
            return await RollBackAsync(rollback, cancel);
        }

        if (Deployment.Spec.Paused || WasResized())
        {
            return await ResizeAsync(cancel);
        }

        if (DeploymentFacts.IsRolling(Deployment))
        {
            await RollAsync(cancel);
        }
        else
        {
            await RecreateAsync(cancel);
        }

        var (current, _) = Split();
        return await StoreAsync(DeploymentStatusPlan.Rollout(Deployment, current, All, _context.Now), cancel);
    }

    /// <summary>The template changes; the rest follows when the change is seen.</summary>
    private async Task<DeploymentStatus> RollBackAsync(Rollback rollback, CancellationToken cancel)
    {
        Deployment = await _context.Client.UpdateAsync(rollback.Deployment, cancel);
        if (rollback.Reason == RollbackPlan.Done)
        {
            _events.Normal(Deployment, rollback.Reason, rollback.Message);
        }
        else
        {
            _events.Warning(Deployment, rollback.Reason, rollback.Message);
        }

        return Deployment.Status;
    }

    private IReadOnlyList<ReplicaSet> All => [.. _sets.Values];

    private (ReplicaSet? Newest, IReadOnlyList<ReplicaSet> Old) Split()
    {
        var newest = DeploymentFacts.FindNew(Deployment, _sets.Values);
        return (newest, [.. _sets.Values.Where(set => set.Metadata.Uid != newest?.Metadata.Uid)]);
    }

    /// <summary>The size was changed since the sets were sized.</summary>
    private bool WasResized() => _sets.Values.Any(set =>
        DeploymentFacts.Replicas(set) > 0
        && DeploymentFacts.Number(set, DeploymentFacts.DesiredReplicasAnnotation) is { } desired
        && desired != DeploymentFacts.Replicas(Deployment));

    private async Task<DeploymentStatus> ResizeAsync(CancellationToken cancel)
    {
        await SyncNewAsync(create: false, cancel);
        var (newest, old) = Split();
        await ScaleAsync(RolloutPlan.Resized(Deployment, newest, old), cancel);
        if (Deployment.Spec.Paused && !RollbackPlan.IsAsked(Deployment))
        {
            await CleanUpAsync(cancel);
        }

        (newest, _) = Split();
        return await StoreAsync(DeploymentStatusPlan.Counts(Deployment, newest, All, _context.Now), cancel);
    }

    private async Task RollAsync(CancellationToken cancel)
    {
        await SyncNewAsync(create: true, cancel);
        var (newest, old) = Split();
        var steps = newest is null ? [] : RolloutPlan.Rolling(Deployment, newest, old);
        await ScaleAsync(steps, cancel);
        if (steps.Count == 0 && DeploymentFacts.IsComplete(Deployment, Deployment.Status))
        {
            await CleanUpAsync(cancel);
        }
    }

    private async Task RecreateAsync(CancellationToken cancel)
    {
        await SyncNewAsync(create: false, cancel);
        var (newest, old) = Split();
        var steps = RolloutPlan.Emptied(old);
        if (steps.Count > 0)
        {
            await ScaleAsync(steps, cancel);
            return;
        }

        if (old.Any(_podsRun))
        {
            return;
        }

        if (newest is null)
        {
            await SyncNewAsync(create: true, cancel);
            (newest, _) = Split();
        }

        var desired = DeploymentFacts.Replicas(Deployment);
        if (newest is not null && DeploymentFacts.Replicas(newest) != desired)
        {
            await ScaleAsync([new ScaleStep(newest.Metadata.Name, desired)], cancel);
        }

        if (DeploymentFacts.IsComplete(Deployment, Deployment.Status))
        {
            await CleanUpAsync(cancel);
        }
    }

    /// <summary>The set of the current template: its revision and annotations made right, or the set made.</summary>
    private async Task SyncNewAsync(bool create, CancellationToken cancel)
    {
        var (newest, old) = Split();
        if (newest is null)
        {
            if (create)
            {
                await CreateNewAsync(old, cancel);
            }

            return;
        }

        var annotated = NewReplicaSet.Annotated(Deployment, newest, NewReplicaSet.NextRevision(old));
        var wanted = annotated with
        {
            Spec = annotated.Spec with { MinReadySeconds = Deployment.Spec.MinReadySeconds },
        };
        if (wanted != newest)
        {
            wanted = Stored(await _context.Client.UpdateAsync(wanted, cancel));
        }

        await SetRevisionAsync(wanted, cancel);
        if (DeploymentFacts.HasProgressDeadline(Deployment)
            && DeploymentFacts.Condition(Deployment.Status, DeploymentConditionType.Progressing) is null)
        {
            await TellAsync(true, "FoundNewReplicaSet", $"Found new replica set \"{wanted.Metadata.Name}\"", cancel);
        }
    }

    private async Task CreateNewAsync(IReadOnlyList<ReplicaSet> old, CancellationToken cancel)
    {
        var wanted = NewReplicaSet.Create(Deployment, old);
        ReplicaSet created;
        try
        {
            created = await _context.Client.CreateAsync(wanted, cancel);
        }
        catch (ApiException failure) when (failure.IsAlreadyExists)
        {
            await ResolveCollisionAsync(wanted, cancel);
            return;
        }
        catch (ApiException failure) when (!PodControl.IsNamespaceEnding(failure))
        {
            var message = $"Failed to create new replica set \"{wanted.Metadata.Name}\": {failure.Message}";
            _events.Warning(Deployment, "ReplicaSetCreateError", message);
            if (DeploymentFacts.HasProgressDeadline(Deployment))
            {
                await TellAsync(false, "ReplicaSetCreateError", message, cancel);
            }

            throw;
        }

        Stored(created);
        if (DeploymentFacts.Replicas(created) > 0)
        {
            _events.Normal(Deployment, "ScalingReplicaSet",
                $"Scaled up replica set {created.Metadata.Name} from 0 to {DeploymentFacts.Replicas(created)}");
        }

        await SetRevisionAsync(created, cancel);
        if (DeploymentFacts.HasProgressDeadline(Deployment))
        {
            await TellAsync(
                true, "NewReplicaSetCreated", $"Created new replica set \"{created.Metadata.Name}\"", cancel);
        }
    }

    /// <summary>
    /// The name is taken: by our own set that the cache does not show yet, or by another template's hash.
    /// </summary>
    private async Task ResolveCollisionAsync(ReplicaSet wanted, CancellationToken cancel)
    {
        var existing = await _context.Client.GetAsync<ReplicaSet>(
            wanted.Metadata.Namespace, wanted.Metadata.Name, cancel);
        if (ObjectReferences.ControllerOf(existing.Metadata)?.Uid == Deployment.Metadata.Uid
            && DeploymentFacts.HasTemplateOf(existing, Deployment))
        {
            Stored(existing);
            return;
        }

        var collisions = (Deployment.Status.CollisionCount ?? 0) + 1;
        await StoreAsync(Deployment.Status with { CollisionCount = collisions }, cancel);
        throw new InvalidOperationException(
            $"the hash of the template of Deployment {ObjectKey.Of(Deployment)} collides with another one's");
    }

    private async Task ScaleAsync(IReadOnlyList<ScaleStep> steps, CancellationToken cancel)
    {
        foreach (var (name, replicas) in steps)
        {
            var set = _sets[name];
            var before = DeploymentFacts.Replicas(set);
            var wanted = NewReplicaSet.WithReplicas(
                set with { Spec = set.Spec with { Replicas = replicas } }, Deployment);
            if (wanted == set)
            {
                continue;
            }

            Stored(await _context.Client.UpdateAsync(wanted, cancel));
            if (before != replicas)
            {
                var direction = before < replicas ? "up" : "down";
                _events.Normal(Deployment, "ScalingReplicaSet",
                    $"Scaled {direction} replica set {name} from {before} to {replicas}");
            }
        }
    }

    /// <summary>Deletes the oldest empty sets beyond the history's limit.</summary>
    private async Task CleanUpAsync(CancellationToken cancel)
    {
        if (Deployment.Spec.RevisionHistoryLimit is not { } limit || limit == int.MaxValue)
        {
            return;
        }

        var (_, old) = Split();
        var alive = old.Where(set => set.Metadata.DeletionTimestamp is null).ToList();
        foreach (var set in DeploymentFacts.ByAge(alive).OrderBy(DeploymentFacts.Revision)
            .Take(Math.Max(0, alive.Count - limit)))
        {
            if (set.Status.Replicas == 0 && DeploymentFacts.Replicas(set) == 0
                && set.Metadata.Generation <= set.Status.ObservedGeneration)
            {
                await DeleteAsync(set, cancel);
                _sets.Remove(set.Metadata.Name);
            }
        }
    }

    private async Task DeleteAsync(ReplicaSet set, CancellationToken cancel)
    {
        try
        {
            await _context.Client.DeleteAsync<ReplicaSet>(set.Metadata.Namespace, set.Metadata.Name, null, cancel);
            _writes.Deleted(ObjectKey.Of(Deployment), set);
        }
        catch (ApiException failure) when (failure.IsNotFound)
        {
            // Gone already: the cache is behind.
        }
    }

    private async Task SetRevisionAsync(ReplicaSet newest, CancellationToken cancel)
    {
        var revision = newest.Metadata.Annotations.Get(DeploymentFacts.RevisionAnnotation, "");
        if (Deployment.Metadata.Annotations.Get(DeploymentFacts.RevisionAnnotation, "") == revision)
        {
            return;
        }

        var annotations = Deployment.Metadata.Annotations.Set(DeploymentFacts.RevisionAnnotation, revision);
        Deployment = await _context.Client.UpdateAsync(
            Deployment with { Metadata = Deployment.Metadata with { Annotations = annotations } }, cancel);
    }

    /// <summary>The next step counts with it, also while the cache does not show it.</summary>
    private ReplicaSet Stored(ReplicaSet set)
    {
        _sets[set.Metadata.Name] = set;
        _writes.Stored(ObjectKey.Of(Deployment), set);
        return set;
    }

    private Task<DeploymentStatus> TellAsync(bool holds, string reason, string message, CancellationToken cancel) =>
        StoreAsync(
            DeploymentStatusPlan.WithCondition(Deployment.Status, DeploymentStatusPlan.Condition(
                DeploymentConditionType.Progressing, holds, reason, message, _context.Now)),
            cancel);

    private async Task<DeploymentStatus> StoreAsync(DeploymentStatus status, CancellationToken cancel)
    {
        if (status != Deployment.Status)
        {
            Deployment = await _context.Client.UpdateStatusAsync(Deployment with { Status = status }, cancel);
        }

        return Deployment.Status;
    }
}
