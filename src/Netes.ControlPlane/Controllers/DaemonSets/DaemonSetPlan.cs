using Netes.Api;
using Netes.Api.Apps;
using Netes.Api.Core;

namespace Netes.ControlPlane;

/// <summary>A pod that failed or succeeded, and so has to be made anew; it is told before.</summary>
internal sealed record EndedDaemon(Pod Pod, string Node);

/// <summary>What is to be created (a pod on each node) and deleted.</summary>
internal sealed record DaemonSteps(List<string> Create, List<Pod> Delete)
{
    /// <summary>Pods that ended: deleted as their back-off allows.</summary>
    public List<EndedDaemon> Ended { get; } = [];

    public bool IsEmpty => Create.Count == 0 && Delete.Count == 0;
}

/// <summary>
/// What a daemon set does on its nodes. Pure. Source: pkg/controller/daemon/{daemon_controller,update}.go.
/// </summary>
internal sealed class DaemonSetPlan
{
    private readonly DaemonSet _set;
    private readonly IReadOnlyList<Node> _nodes;
    private readonly Dictionary<string, List<Pod>> _pods;
    private readonly string _hash;
    private readonly string? _generation;
    private readonly DateTimeOffset _now;

    /// <param name="set">The daemon set.</param>
    /// <param name="nodes">All nodes.</param>
    /// <param name="pods">Its pods.</param>
    /// <param name="hash">The hash that pods of its current template carry.</param>
    /// <param name="now">The time.</param>
    public DaemonSetPlan(
        DaemonSet set, IReadOnlyList<Node> nodes, IEnumerable<Pod> pods, string hash, DateTimeOffset now)
    {
        (_set, _hash, _now) = (set, hash, now);
        _generation = DaemonSetRevisions.TemplateGeneration(set);
        _nodes = [.. nodes.OrderBy(node => node.Metadata.Name, StringComparer.Ordinal)];
        _pods = pods
            .Where(pod => !PodFacts.IsTerminal(pod) || pod.Metadata.DeletionTimestamp is null)
            .Select(pod => (Node: DaemonNodes.TargetOf(pod), Pod: pod))
            .Where(pair => pair.Node is not null)
            .GroupBy(pair => pair.Node!, pair => pair.Pod, StringComparer.Ordinal)
            .ToDictionary(group => group.Key, group => group.OrderBy(pod => pod, ByAge).ToList(),
                StringComparer.Ordinal);
    }

    private static Comparer<Pod> ByAge { get; } = Comparer<Pod>.Create((left, right) =>
    {
        // A pod that has its node before one that waits for it; then the older.
        var order = (right.Spec.NodeName.Length > 0).CompareTo(left.Spec.NodeName.Length > 0);
        order = order != 0 ? order : (left.Metadata.CreationTimestamp?.UnixSeconds ?? 0)
            .CompareTo(right.Metadata.CreationTimestamp?.UnixSeconds ?? 0);
        return order != 0 ? order : string.CompareOrdinal(left.Metadata.Name, right.Metadata.Name);
    });

    /// <summary>One pod on each node that should have one, none on others.</summary>
    public DaemonSteps Manage()
    {
        var steps = new DaemonSteps([], []);
        foreach (var node in _nodes)
        {
            var (shouldRun, mayStay) = DaemonNodes.Judge(_set.Spec.Template, node);
            var pods = _pods.GetValueOrDefault(node.Metadata.Name) ?? [];
            if (shouldRun && pods.Count == 0)
            {
                steps.Create.Add(node.Metadata.Name);
            }
            else if (mayStay)
            {
                KeepOne(node.Metadata.Name, shouldRun, pods, steps);
            }
            else
            {
                steps.Delete.AddRange(pods.Where(pod => pod.Metadata.DeletionTimestamp is null));
            }
        }

        var known = _nodes.Select(node => node.Metadata.Name).ToHashSet(StringComparer.Ordinal);
        steps.Delete.AddRange(_pods.Where(pair => !known.Contains(pair.Key)).SelectMany(pair => pair.Value)
            .Where(pod => pod.Spec.NodeName.Length == 0 && pod.Metadata.DeletionTimestamp is null));
        return steps;
    }

    /// <summary>The next step from old pods to new ones, within maxUnavailable or maxSurge.</summary>
    public DaemonSteps Roll()
    {
        var desired = _nodes.Count(ShouldRunOn);
        var surge = MaxSurge(desired);
        var unavailable = MaxUnavailable(desired);
        return surge == 0 ? Replace(unavailable == 0 ? 1 : unavailable) : Surge(surge, desired);
    }

    /// <summary>What the status counts.</summary>
    public DaemonSetStatus Status(bool observed)
    {
        var (desired, current, misscheduled, ready, available, updated) = (0, 0, 0, 0, 0, 0);
        foreach (var node in _nodes)
        {
            var pods = _pods.GetValueOrDefault(node.Metadata.Name) ?? [];
            if (!ShouldRunOn(node))
            {
                misscheduled += pods.Count > 0 ? 1 : 0;
                continue;
            }

            desired++;
            if (pods.Count > 0)
            {
                current++;
                ready += PodFacts.IsReady(pods[0]) ? 1 : 0;
                available += IsAvailable(pods[0]) ? 1 : 0;
                updated += IsUpdated(pods[0]) ? 1 : 0;
            }
        }

        return _set.Status with
        {
            ObservedGeneration = observed ? _set.Metadata.Generation : _set.Status.ObservedGeneration,
            DesiredNumberScheduled = desired,
            CurrentNumberScheduled = current,
            NumberMisscheduled = misscheduled,
            NumberReady = ready,
            NumberAvailable = available,
            NumberUnavailable = desired - available,
            UpdatedNumberScheduled = updated,
        };
    }

    private void KeepOne(string node, bool shouldRun, List<Pod> pods, DaemonSteps steps)
    {
        var running = new List<Pod>();
        foreach (var pod in pods.Where(pod => pod.Metadata.DeletionTimestamp is null))
        {
            if (PodFacts.IsTerminal(pod))
            {
                steps.Ended.Add(new EndedDaemon(pod, node));
            }
            else
            {
                running.Add(pod);
            }
        }

        if (MaxSurge(1) == 0)
        {
            steps.Delete.AddRange(running.Skip(1));
            return;
        }

        if (shouldRun && pods.All(static pod => pod.Metadata.DeletionTimestamp is not null))
        {
            // What surges has one at any time that is not about to go. One that failed and waits out its time counts.
            steps.Create.Add(node);
        }

        var newest = running.FirstOrDefault(HasHash);
        var oldest = running.FirstOrDefault(pod => !HasHash(pod));
        steps.Delete.AddRange(running.Where(pod => pod != newest && pod != oldest));
        if (newest is not null && oldest is not null && (!PodFacts.IsReady(oldest) || IsAvailable(newest)))
        {
            steps.Delete.Add(oldest);
        }
    }

    /// <summary>Old pods are deleted; <see cref="Manage"/> makes the new ones.</summary>
    private DaemonSteps Replace(int maxUnavailable)
    {
        var unavailable = _nodes.Count(node => !_pods.ContainsKey(node.Metadata.Name) && ShouldRunOn(node));
        var broken = new List<Pod>();
        var candidates = new List<Pod>();
        foreach (var (_, pods) in _pods.OrderBy(pair => pair.Key, StringComparer.Ordinal))
        {
            var (newPod, oldPod, isClear) = Pair(pods);
            if (!isClear || (oldPod is null) == (newPod is null))
            {
                unavailable++;
            }
            else if (newPod is not null)
            {
                unavailable += IsAvailable(newPod) ? 0 : 1;
            }
            else if (!IsAvailable(oldPod!))
            {
                broken.Add(oldPod!);
            }
            else
            {
                candidates.Add(oldPod!);
            }
        }

        var room = Math.Max(0, maxUnavailable - unavailable);
        return new DaemonSteps([], [.. broken, .. candidates.Take(room)]);
    }

    /// <summary>
    /// New pods are made beside old ones, which go when the new ones serve. An old one that serves where none is to run
    /// any more goes when as many as wanted serve without it.
    /// </summary>
    private DaemonSteps Surge(int maxSurge, int desired)
    {
        var (surging, available) = (0, 0);
        var steps = new DaemonSteps([], []);
        var (candidates, leaving) = (new List<string>(), new List<Pod>());
        var runsOn = _nodes.Where(ShouldRunOn).Select(node => node.Metadata.Name).ToHashSet(StringComparer.Ordinal);
        foreach (var (name, pods) in _pods.OrderBy(pair => pair.Key, StringComparer.Ordinal))
        {
            var (newPod, oldPod, isClear) = Pair(pods);
            available += isClear && (oldPod ?? newPod) is { } first && IsAvailable(first) ? 1 : 0;
            if (!isClear)
            {
                surging++;
            }
            else if (oldPod is null)
            {
                continue;
            }
            else if (newPod is null)
            {
                Sort(name, oldPod, runsOn.Contains(name));
            }
            else if (IsAvailable(newPod))
            {
                steps.Delete.Add(oldPod);
            }
            else
            {
                surging++;
            }
        }

        steps.Delete.AddRange(leaving.Take(Math.Max(0, available - desired)));
        steps.Create.AddRange(candidates.Take(Math.Max(0, maxSurge - surging)));
        return steps;

        void Sort(string node, Pod old, bool shouldRun)
        {
            if (shouldRun)
            {
                (IsAvailable(old) ? candidates : steps.Create).Add(node);
            }
            else
            {
                (IsAvailable(old) ? leaving : steps.Delete).Add(old);
            }
        }
    }

    /// <summary>The node's new and old pod; not clear when there are several of a sort.</summary>
    private (Pod? New, Pod? Old, bool IsClear) Pair(List<Pod> pods)
    {
        var alive = pods.Where(pod => pod.Metadata.DeletionTimestamp is null).ToList();
        var updated = alive.Where(IsUpdated).ToList();
        var old = alive.Where(pod => !IsUpdated(pod)).ToList();
        return updated.Count > 1 || old.Count > 1
            ? (null, null, false)
            : (updated.FirstOrDefault(), old.FirstOrDefault(), true);
    }

    private bool ShouldRunOn(Node node) => DaemonNodes.Judge(_set.Spec.Template, node).ShouldRun;

    /// <summary>By its hash, or by the number of the template, as clients of former versions counted them.</summary>
    private bool IsUpdated(Pod pod) => HasHash(pod)
        || (_generation is not null
            && pod.Metadata.Labels.Get(DaemonSetRevisions.GenerationLabel, "") == _generation);

    private bool HasHash(Pod pod) =>
        pod.Metadata.Labels.Get(RevisionHistory.HashLabel, "") == _hash && _hash.Length > 0;

    private bool IsAvailable(Pod pod) => PodFacts.IsAvailable(pod, _set.Spec.MinReadySeconds, _now);

    private int MaxSurge(int desired) => IsRolling
        ? _set.Spec.UpdateStrategy.RollingUpdate?.MaxSurge?.Scaled(desired, roundUp: true) ?? 0
        : 0;

    private int MaxUnavailable(int desired) => IsRolling
        ? _set.Spec.UpdateStrategy.RollingUpdate?.MaxUnavailable?.Scaled(desired, roundUp: true) ?? 0
        : 0;

    private bool IsRolling => _set.Spec.UpdateStrategy.Type == DaemonSetUpdateStrategyType.RollingUpdate;
}
