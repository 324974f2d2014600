using System.Collections.Concurrent;
using Netes.Api.Core;
using Netes.Api.Telemetry;

namespace Netes.ControlPlane;

/// <summary>
/// What is measured of nodes, by zone. No pass over all nodes is measured: there is none, each node is looked at when
/// something happens to it. Source: pkg/controller/nodelifecycle/metrics.go.
/// </summary>
internal sealed class NodeCollectorMetrics
{
    private readonly ConcurrentDictionary<string, bool> _zones = new(StringComparer.Ordinal);
    private readonly CounterFamily? _evictions;
    private readonly Histogram? _updates;

    /// <param name="registry">Null: nothing is measured.</param>
    /// <param name="nodes">Those that count.</param>
    public NodeCollectorMetrics(MetricRegistry? registry, Func<IEnumerable<Node>> nodes)
    {
        _evictions = registry?.Counter(
            "node_collector_evictions_total",
            "[STABLE] Nodes whose pods were begun to be driven out, since the controller started.", "zone");
        _updates = registry?.Histogram(
            "node_collector_update_node_health_duration_seconds",
            "[ALPHA] Seconds that it took to look after the health of one node.",
            Buckets.Exponential(0.001, 4, 8)).With(default);
        Read("zone_health", "[ALPHA] How many of a zone's nodes are ready, in percent.", static zone =>
            zone.Count == 0 ? 100 : 100d * zone.Count(NodeHealth.IsReady) / zone.Count);
        Read("zone_size", "[ALPHA] Nodes of a zone.", static zone => zone.Count);
        Read("unhealthy_nodes_in_zone", "[ALPHA] Nodes of a zone that are not ready.",
            static zone => zone.Count(static node => !NodeHealth.IsReady(node)));

        void Read(string name, string help, Func<IReadOnlyCollection<Node>, double> value) => registry?.Read(
            $"node_collector_{name}", help, () =>
            {
                var zones = nodes().ToLookup(ZoneDisruption.ZoneOf, StringComparer.Ordinal);
                return [.. _zones.Keys.Order(StringComparer.Ordinal)
                    .Select(zone => (new LabelValues(zone), value([.. zones[zone]])))];
            }, "zone");
    }

    /// <summary>A zone that was seen once is told of for ever.</summary>
    public void Seen(string zone)
    {
        if (_zones.TryAdd(zone, true))
        {
            _evictions?.With(new LabelValues(zone));
        }
    }

    public void Evicting(string zone) => _evictions?.With(new LabelValues(zone)).Add();

    public void Updated(TimeSpan took) => _updates?.Observe(took);
}
