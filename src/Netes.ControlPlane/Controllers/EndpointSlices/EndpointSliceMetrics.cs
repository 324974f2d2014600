using System.Collections.Concurrent;
using Netes.Api.Core;
using Netes.Api.Telemetry;
using Netes.Client;

namespace Netes.ControlPlane;

/// <summary>What only the controller of services' slices counts. Source: staging endpointslice/metrics/metrics.go.
/// </summary>
internal sealed class EndpointSliceMetrics
{
    private const string Subsystem = "endpoint_slice_controller";

    private readonly ConcurrentDictionary<ObjectKey, string> _distributions = [];
    private readonly HistogramFamily? _changedPerSync;
    private readonly CounterFamily? _syncs;

    public EndpointSliceMetrics(MetricRegistry? registry)
    {
        Slices = new SliceMetrics(registry, Subsystem);
        _changedPerSync = registry?.Histogram(
            $"{Subsystem}_endpointslices_changed_per_sync", "[ALPHA] Slices that one reconciliation wrote.",
            Buckets.Default, "topology", "traffic_distribution");
        _syncs = registry?.Counter($"{Subsystem}_syncs", "[ALPHA] Reconciliations, by what came of them.", "result");
        registry?.Read(
            $"{Subsystem}_services_count_by_traffic_distribution",
            "[ALPHA] Services that ask for a traffic distribution, by which.",
            () => _distributions.Values.GroupBy(static name => name, StringComparer.Ordinal)
                .Select(static group => (new LabelValues(group.Key), (double)group.Count())),
            "traffic_distribution");
    }

    public SliceMetrics Slices { get; }

    /// <summary>All that a reconciliation of the service had to write is written.</summary>
    public void Written(Service service, int count)
    {
        var (auto, distribution) = (TopologyHints.IsAuto(service), DistributionOf(service));
        _changedPerSync?.With(new LabelValues(auto ? "Auto" : "Disabled", distribution)).Observe(count);
    }

    public void Planned(Service service)
    {
        if (DistributionOf(service) is { Length: > 0 } distribution)
        {
            _distributions[ObjectKey.Of(service)] = distribution;
        }
        else
        {
            _distributions.TryRemove(ObjectKey.Of(service), out _);
        }
    }

    public void Synced(bool succeeded) => _syncs?.With(new LabelValues(succeeded ? "success" : "error")).Add();

    public void Forget(ObjectKey service)
    {
        _distributions.TryRemove(service, out _);
        Slices.Forget(service);
    }

    private static string DistributionOf(Service service) =>
        !TopologyHints.IsAuto(service) && service.Spec.TrafficDistribution is { } distribution
        && TopologyHints.IsKnown(distribution)
            ? distribution
            : "";
}
