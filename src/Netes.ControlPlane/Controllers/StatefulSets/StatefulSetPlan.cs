using Netes.Api;
using Netes.Api.Apps;
using Netes.Api.Core;
using Netes.Client;

namespace Netes.ControlPlane;

/// <summary>What is to be done about one pod.</summary>
internal enum StatefulAction
{
    /// <summary>Its claims, then the pod.</summary>
    Create,
    Delete,

    /// <summary>Labels, volumes or owners of its claims are not as they should be.</summary>
    Repair,

    /// <summary>Claims that are not there.</summary>
    MakeClaims,

    /// <summary>The owners of its claims.</summary>
    FixClaims,
}

internal sealed record StatefulStep(StatefulAction Action, Pod Pod);

/// <summary>
/// What a stateful set does next. Pure. Ordered sets take one step at a time and wait for each pod to be available;
/// parallel ones do not wait. Source: pkg/controller/statefulset/stateful_set_control.go.
/// </summary>
internal sealed class StatefulSetPlan
{
    private readonly StatefulSet _set;
    private readonly RevisionState _revisions;
    private readonly IReadOnlyList<Pod> _pods;
    private readonly Func<string, PersistentVolumeClaim?> _claims;
    private readonly DateTimeOffset _now;
    private readonly Pod[] _replicas;
    private readonly List<Pod> _condemned;
    private readonly bool _ordered;

    /// <param name="set">The stateful set.</param>
    /// <param name="pods">Its pods.</param>
    /// <param name="revisions">Its revisions.</param>
    /// <param name="claims">A claim of the set's namespace by name; null: there is none.</param>
    /// <param name="now">The time.</param>
    public StatefulSetPlan(
        StatefulSet set, IReadOnlyList<Pod> pods, RevisionState revisions, Func<string, PersistentVolumeClaim?> claims,
        DateTimeOffset now)
    {
        (_set, _revisions, _pods, _claims, _now) = (set, revisions, pods, claims, now);
        _ordered = set.Spec.PodManagementPolicy != PodManagementPolicyType.Parallel;
        var start = StatefulIdentity.Start(set);
        var byOrdinal = pods.ToDictionary(pod => StatefulIdentity.Ordinal(set, pod.Metadata.Name));
        _replicas = [.. Enumerable.Range(start, set.Spec.Replicas ?? 1)
            .Select(ordinal => byOrdinal.GetValueOrDefault(ordinal) ?? NewPod(ordinal))];
        _condemned = [.. pods.Where(pod => !StatefulIdentity.IsWanted(set, pod))
            .OrderByDescending(pod => StatefulIdentity.Ordinal(set, pod.Metadata.Name))];
    }

    /// <summary>The steps in phases; a later phase begins when all steps of the former succeeded.</summary>
    public List<List<StatefulStep>> Phases()
    {
        List<List<StatefulStep>> phases = [];
        if (_set.Metadata.DeletionTimestamp is not null)
        {
            return phases;
        }

        List<StatefulStep> living = [];
        phases.Add(living);
        if (_replicas.Any(pod => !PlanReplica(pod, living) && _ordered))
        {
            return phases;
        }

        phases.Add([.. _condemned.Where(pod => !ClaimsHaveOwners(pod) || MayLoseClaims(pod))
            .Select(pod => new StatefulStep(StatefulAction.FixClaims, pod))]);
        phases.Add([.. (_ordered ? _condemned.Take(1) : _condemned).Where(MayGo)
            .Select(pod => new StatefulStep(StatefulAction.Delete, pod))]);
        if (_ordered && _condemned.Count > 0)
        {
            return phases;
        }

        phases.Add([.. Outdated().Select(pod => new StatefulStep(StatefulAction.Delete, pod))]);
        return phases;
    }

    /// <param name="deleted">Pods that were told to go in this round.</param>
    public StatefulSetStatus Status(IReadOnlySet<ObjectKey> deleted)
    {
        var (current, update) = (_revisions.Current.Metadata.Name, _revisions.Update.Metadata.Name);
        var created = _pods.Where(IsCreated).ToList();
        var staying = created
            .Where(pod => pod.Metadata.DeletionTimestamp is null && !deleted.Contains(ObjectKey.Of(pod)))
            .ToList();
        var status = _set.Status with
        {
            ObservedGeneration = _set.Metadata.Generation,
            CollisionCount = _revisions.Collisions,
            CurrentRevision = current,
            UpdateRevision = update,
            Replicas = created.Count,
            ReadyReplicas = created.Count(IsRunningAndReady),
            AvailableReplicas = created.Count(IsRunningAndAvailable),
            CurrentReplicas = staying.Count(pod => RevisionOf(pod) == current),
            UpdatedReplicas = staying.Count(pod => RevisionOf(pod) == update),
        };
        var wanted = _set.Spec.Replicas ?? 1;
        var isComplete = _set.Spec.UpdateStrategy.Type == StatefulSetUpdateStrategyType.RollingUpdate
            && status.UpdatedReplicas == wanted && status.ReadyReplicas == wanted && status.Replicas == wanted;
        return isComplete
            ? status with { CurrentReplicas = status.UpdatedReplicas, CurrentRevision = update }
            : status;
    }

    /// <summary>When a ready pod becomes available by the passing of time; null: none will.</summary>
    public TimeSpan? NextAvailability() => _pods
        .Select(pod => PodFacts.UntilAvailable(pod, _set.Spec.MinReadySeconds, _now))
        .Min();

    /// <summary>Plans what a wanted pod needs.</summary>
    /// <returns>False: an ordered set has to wait for it.</returns>
    private bool PlanReplica(Pod pod, List<StatefulStep> steps)
    {
        if (PodFacts.IsTerminal(pod))
        {
            // Whatever the exit codes were; the new pod comes when this one is gone.
            if (pod.Metadata.DeletionTimestamp is null)
            {
                steps.Add(new StatefulStep(StatefulAction.Delete, pod));
            }

            return false;
        }

        if (!IsCreated(pod))
        {
            if (!ClaimsOf(pod).Any(claim => ClaimRetention.IsStale(claim, _set, pod)))
            {
                steps.Add(new StatefulStep(StatefulAction.Create, pod));
            }

            return false;
        }

        if (pod.Status.Phase == PodPhase.Pending
            && StatefulIdentity.ClaimNames(_set, pod).Any(name => _claims(name) is null))
        {
            steps.Add(new StatefulStep(StatefulAction.MakeClaims, pod));
        }

        if (_ordered && IsUnavailable(pod))
        {
            return false;
        }

        // Also while it ends: what was scaled away and is wanted again would else take its claims along.
        if (!(StatefulIdentity.HasIdentity(_set, pod)
            && StatefulIdentity.HasStorage(_set, pod) && ClaimsHaveOwners(pod)))
        {
            steps.Add(new StatefulStep(StatefulAction.Repair, pod));
        }

        return true;
    }

    /// <summary>
    /// A pod that is one too many may go; of an ordered set one that does not serve only when it is what all wait for.
    /// </summary>
    private bool MayGo(Pod pod) => pod.Metadata.DeletionTimestamp is null
        && (!_ordered || IsRunningAndAvailable(pod) || ReferenceEquals(pod, FirstUnavailable()));

    private Pod? FirstUnavailable() =>
        _replicas.FirstOrDefault(IsUnavailable) ?? _condemned.LastOrDefault(IsUnavailable);

    /// <summary>Pods of an old revision that may go now.</summary>
    private IEnumerable<Pod> Outdated()
    {
        if (_set.Spec.UpdateStrategy.Type == StatefulSetUpdateStrategyType.OnDelete)
        {
            return [];
        }

        var rolling = _set.Spec.UpdateStrategy.RollingUpdate;
        var targets = _replicas.Skip(rolling?.Partition ?? 0).Reverse().ToList();
        return rolling?.MaxUnavailable is { } limit ? Several(targets, limit) : OneByOne(targets);
    }

    /// <summary>The highest old pod, unless one above it does not serve yet.</summary>
    private IEnumerable<Pod> OneByOne(IEnumerable<Pod> targets)
    {
        foreach (var pod in targets)
        {
            if (IsOld(pod))
            {
                return [pod];
            }

            if (IsUnavailable(pod))
            {
                return [];
            }
        }

        return [];
    }

    /// <summary>
    /// As many as may be missing (KEP-961), a share rounded down, but one at least; old ones that do not serve anyway
    /// cost nothing and must not block.
    /// </summary>
    private IEnumerable<Pod> Several(IEnumerable<Pod> targets, IntOrString limit)
    {
        var room = Math.Max(1, limit.Scaled(_replicas.Length, roundUp: false) ?? 1) - _replicas.Count(IsUnavailable);
        foreach (var pod in targets.Where(IsOld))
        {
            if (IsUnavailable(pod) || room-- > 0)
            {
                yield return pod;
            }
        }
    }

    private bool IsOld(Pod pod) =>
        RevisionOf(pod) != _revisions.Update.Metadata.Name && pod.Metadata.DeletionTimestamp is null;

    private Pod NewPod(int ordinal)
    {
        var strategy = _set.Spec.UpdateStrategy;
        var start = StatefulIdentity.Start(_set);
        var isCurrent = strategy.Type == StatefulSetUpdateStrategyType.RollingUpdate
            && ordinal < start + (strategy.RollingUpdate is { } rolling
                ? rolling.Partition ?? 0
                : _set.Status.CurrentReplicas);
        var revision = isCurrent ? _revisions.Current : _revisions.Update;
        return StatefulIdentity.NewPod(
            _set, RevisionHistory.TemplateOf(revision), revision.Metadata.Name, ordinal);
    }

    private IEnumerable<PersistentVolumeClaim> ClaimsOf(Pod pod) =>
        StatefulIdentity.ClaimNames(_set, pod).Select(_claims).OfType<PersistentVolumeClaim>();

    private bool ClaimsHaveOwners(Pod pod) =>
        ClaimsOf(pod).All(claim => ClaimRetention.IsUpToDate(claim, _set, pod));

    /// <summary>A claim not heard of yet must not be left behind by a pod that takes its claims along.</summary>
    private bool MayLoseClaims(Pod pod) => ClaimRetention.DeletesWithPod(_set)
        && StatefulIdentity.ClaimNames(_set, pod).Any(name => _claims(name) is null);

    private bool IsUnavailable(Pod pod) =>
        !IsRunningAndAvailable(pod) || pod.Metadata.DeletionTimestamp is not null;

    private bool IsRunningAndAvailable(Pod pod) =>
        IsRunningAndReady(pod) && PodFacts.IsAvailable(pod, _set.Spec.MinReadySeconds, _now);

    private static bool IsRunningAndReady(Pod pod) => pod.Status.Phase == PodPhase.Running && PodFacts.IsReady(pod);

    /// <summary>The server knows it: only it sets a phase.</summary>
    private static bool IsCreated(Pod pod) => pod.Status.Phase.Length > 0;

    private static string RevisionOf(Pod pod) => pod.Metadata.Labels.Get(RevisionHistory.HashLabel, "");
}
