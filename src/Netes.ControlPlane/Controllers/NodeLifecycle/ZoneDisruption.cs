using Netes.Api.Core;

namespace Netes.ControlPlane;

/// <summary>How many nodes of a zone are down.</summary>
internal enum ZoneState
{
    Normal,

    /// <summary>So many that the fault may be the network's.</summary>
    PartialDisruption,

    /// <summary>All.</summary>
    FullDisruption,
}

/// <summary>
/// How fast pods are driven from the silent nodes of a zone. Pure.
/// Source: pkg/controller/nodelifecycle/node_lifecycle_controller.go (ComputeZoneState, setLimiterInZone),
/// component-helpers node/topology.
/// </summary>
internal static class ZoneDisruption
{
    /// <summary>A node with it does not count when it is judged how its zone fares.</summary>
    public const string ExclusionLabel = "node.kubernetes.io/exclude-disruption";

    public static bool IsCounted(Node node) => !node.Metadata.Labels.ContainsKey(ExclusionLabel);

    /// <summary>Region and zone of a node, their old names first; nodes without labels are one zone.</summary>
    public static string ZoneOf(Node node)
    {
        var labels = node.Metadata.Labels;
        var zone = labels.Get("failure-domain.beta.kubernetes.io/zone", labels.Get("topology.kubernetes.io/zone", ""));
        var region = labels.Get(
            "failure-domain.beta.kubernetes.io/region", labels.Get("topology.kubernetes.io/region", ""));
        return region.Length + zone.Length == 0 ? "" : $"{region}:\0:{zone}";
    }

    /// <summary>All that count are down: the fault is more likely on our side, and nobody is driven out.</summary>
    public static bool IsFull(IReadOnlyCollection<Node> counted) =>
        counted.Count > 0 && !counted.Any(NodeHealth.IsReady);

    public static ZoneState StateOf(IReadOnlyCollection<Node> zone, double unhealthyThreshold)
    {
        var notReady = zone.Count(node => !NodeHealth.IsReady(node));
        return notReady > 0 && notReady == zone.Count ? ZoneState.FullDisruption
            : notReady > 2 && (float)notReady / zone.Count >= (float)unhealthyThreshold ? ZoneState.PartialDisruption
            : ZoneState.Normal;
    }

    /// <summary>Nodes per second; 0: none.</summary>
    public static double Rate(IReadOnlyCollection<Node> zone, ControllerOptions options) =>
        StateOf(zone, options.UnhealthyZoneThreshold) != ZoneState.PartialDisruption ? options.NodeEvictionRate
            : zone.Count > options.LargeClusterSizeThreshold ? options.SecondaryNodeEvictionRate
            : 0;
}

/// <summary>
/// A bucket of one token per zone. Thread-safe. Source: pkg/controller/nodelifecycle/scheduler/rate_limited_queue.go.
/// </summary>
internal sealed class ZoneLimits(TimeProvider time)
{
    private readonly Lock _lock = new();
    private readonly Dictionary<string, (double Tokens, long At)> _buckets = new(StringComparer.Ordinal);
    private readonly HashSet<string> _stopped = new(StringComparer.Ordinal);

    /// <summary>Takes the zone's token; or how long until there is one.</summary>
    public TimeSpan? Take(string zone, double perSecond)
    {
        lock (_lock)
        {
            var now = time.GetTimestamp();
            var (tokens, at) = _stopped.Remove(zone) ? (0, now)
                : _buckets.TryGetValue(zone, out var known) ? known
                : (1, now);
            tokens = Math.Min(1, tokens + (time.GetElapsedTime(at, now).TotalSeconds * perSecond));
            var isThere = tokens >= 1;
            _buckets[zone] = (isThere ? tokens - 1 : tokens, now);

            // A moment more, as the clock's steps are coarser than the sum.
            return isThere ? null : TimeSpan.FromSeconds((1 - tokens) / perSecond) + TimeSpan.FromMilliseconds(1);
        }
    }

    /// <summary>There are no turns in the zone for now; after that the first one is a whole wait away.</summary>
    public void Stop(string zone)
    {
        lock (_lock)
        {
            _stopped.Add(zone);
        }
    }

    /// <summary>What was taken was not used.</summary>
    public void Return(string zone)
    {
        lock (_lock)
        {
            _buckets[zone] = (1, time.GetTimestamp());
        }
    }
}
