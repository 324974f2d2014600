using System.Globalization;
using System.Numerics;
using Netes.Api;
using Netes.Api.Core;

namespace Netes.ControlPlane;

/// <summary>
/// Which pods go first when there are too many: those that serve least, cost least, and crowd one node.
/// Source: pkg/controller/controller_utils.go, ActivePodsWithRanks.
/// </summary>
internal static class PodDeletionOrder
{
    private const string DeletionCost = "controller.kubernetes.io/pod-deletion-cost";

    /// <param name="pods">The pods to choose from.</param>
    /// <param name="related">All active pods of the same application: the more on a node, the sooner one of them
    /// goes.</param>
    /// <param name="count">How many to choose.</param>
    /// <param name="now">The time.</param>
    public static List<Pod> Choose(IReadOnlyList<Pod> pods, IEnumerable<Pod> related, int count, DateTimeOffset now)
    {
        if (count >= pods.Count)
        {
            return [.. pods];
        }

        var perNode = related
            .Where(PodFacts.IsActive)
            .CountBy(pod => pod.Spec.NodeName)
            .ToDictionary(StringComparer.Ordinal);
        return pods
            .OrderBy(pod => pod, Comparer<Pod>.Create((left, right) => Compare(left, right, perNode, now)))
            .Take(count)
            .ToList();
    }

    /// <summary>
    /// How old the chosen ready pods are, as multiples of the age of the youngest ready pod. When all go, nothing was
    /// chosen. Source: replica_set.go, reportSortingDeletionAgeRatioMetric.
    /// </summary>
    public static IEnumerable<double> AgeRatios(
        IReadOnlyCollection<Pod> pods, IReadOnlyCollection<Pod> chosen, DateTimeOffset now)
    {
        if (chosen.Count >= pods.Count)
        {
            return [];
        }

        var youngest = pods.Where(PodFacts.IsReady).Select(pod => Age(pod, now)).DefaultIfEmpty(0).Min();
        return youngest <= 0 ? [] : chosen.Where(PodFacts.IsReady).Select(pod => Age(pod, now) / youngest);
    }

    private static double Age(Pod pod, DateTimeOffset now) =>
        (now - (pod.Metadata.CreationTimestamp?.ToDateTimeOffset() ?? DateTimeOffset.UnixEpoch)).TotalMilliseconds;

    private static int Compare(Pod left, Pod right, Dictionary<string, int> perNode, DateTimeOffset now)
    {
        var readyOrder = CompareReadyTimes(left, right, now);
        if (readyOrder == 0 && ReadyAtOtherTimes(left, right))
        {
            readyOrder = string.CompareOrdinal(left.Metadata.Uid, right.Metadata.Uid);
        }

        ReadOnlySpan<int> orders =
        [
            (left.Spec.NodeName.Length > 0).CompareTo(right.Spec.NodeName.Length > 0),
            PhaseRank(left).CompareTo(PhaseRank(right)),
            PodFacts.IsReady(left).CompareTo(PodFacts.IsReady(right)),
            Cost(left).CompareTo(Cost(right)),
            Rank(right, perNode).CompareTo(Rank(left, perNode)),
            readyOrder,
            Restarts(right, sidecars: false).CompareTo(Restarts(left, sidecars: false)),
            Restarts(right, sidecars: true).CompareTo(Restarts(left, sidecars: true)),
            CompareAges(left.Metadata.CreationTimestamp, right.Metadata.CreationTimestamp, now),
        ];
        foreach (var order in orders)
        {
            if (order != 0)
            {
                return order;
            }
        }

        return string.CompareOrdinal(left.Metadata.Uid, right.Metadata.Uid);
    }

    private static int PhaseRank(Pod pod) => pod.Status.Phase switch
    {
        PodPhase.Pending => 0,
        PodPhase.Unknown => 1,
        _ => 2,
    };

    private static int Rank(Pod pod, Dictionary<string, int> perNode) => perNode.GetValueOrDefault(pod.Spec.NodeName);

    /// <summary>Zero when absent or unreadable; a plus or leading zeros are not read.</summary>
    private static int Cost(Pod pod) =>
        int.TryParse(pod.Metadata.Annotations.Get(DeletionCost, ""), NumberStyles.AllowLeadingSign,
            CultureInfo.InvariantCulture, out var cost)
        && cost.ToString(CultureInfo.InvariantCulture) == pod.Metadata.Annotations[DeletionCost] ? cost : 0;

    /// <summary>Both are ready, since different times: of the same magnitude, chance (the uid) decides.</summary>
    private static bool ReadyAtOtherTimes(Pod left, Pod right) =>
        PodFacts.ReadySince(left) is { UnixSeconds: > 0 } leftSince
        && PodFacts.ReadySince(right) is { UnixSeconds: > 0 } rightSince
        && leftSince != rightSince;

    private static int CompareReadyTimes(Pod left, Pod right, DateTimeOffset now) =>
        PodFacts.ReadySince(left) is { } leftSince && PodFacts.ReadySince(right) is { } rightSince
            ? CompareAges(leftSince, rightSince, now)
            : 0;

    /// <summary>
    /// The younger first; ages of the same power of two are equal, so that not always the newest die.
    /// </summary>
    private static int CompareAges(Timestamp? left, Timestamp? right, DateTimeOffset now) => (left, right) switch
    {
        (null, null) => 0,
        (null, _) => -1,
        (_, null) => 1,
        ({ } leftTime, { } rightTime) => Magnitude(leftTime, now).CompareTo(Magnitude(rightTime, now)),
    };

    private static int Magnitude(Timestamp time, DateTimeOffset now)
    {
        // Kubernetes takes the logarithm of nanoseconds.
        var age = (now - time.ToDateTimeOffset()).Ticks * 100;
        return age <= 0 ? -1 : BitOperations.Log2((ulong)age);
    }

    /// <summary>The restarts of the container that restarted most; or of the sidecar that did.</summary>
    internal static int Restarts(Pod pod, bool sidecars)
    {
        var most = 0;
        foreach (var status in sidecars ? pod.Status.InitContainerStatuses : pod.Status.ContainerStatuses)
        {
            if (!sidecars || IsSidecar(pod, status.Name))
            {
                most = Math.Max(most, status.RestartCount);
            }
        }

        return most;
    }

    private static bool IsSidecar(Pod pod, string name) => pod.Spec.InitContainers.Any(container =>
        container.Name == name && container.RestartPolicy == ContainerRestartPolicy.Always);
}
