using Netes.Api.Telemetry;

namespace Netes.ControlPlane;

/// <summary>
/// What is counted of nodes' ranges. Source: pkg/controller/nodeipam/ipam/cidrset/metrics.go, with its spelling.
/// </summary>
internal sealed class CidrMetrics(MetricRegistry registry)
{
    private const string Subsystem = "node_ipam_controller";
    private const string Label = "clusterCIDR";

    private readonly CounterFamily _allocations = registry.Counter(
        $"{Subsystem}_cidrset_cidrs_allocations_total", "[ALPHA] Ranges that were given out.", Label);

    private readonly CounterFamily _releases = registry.Counter(
        $"{Subsystem}_cidrset_cidrs_releases_total", "[ALPHA] Ranges that came back.", Label);

    private readonly HistogramFamily _tries = registry.Histogram(
        $"{Subsystem}_cidrset_allocation_tries_per_request",
        "[ALPHA] Ranges that were found taken before one was free.", Buckets.Exponential(1, 5, 5), Label);

    public void Allocated(string range) => _allocations.With(new LabelValues(range)).Add();

    public void Allocated(string range, int tries)
    {
        Allocated(range);
        _tries.With(new LabelValues(range)).Observe(tries);
    }

    public void Released(string range) => _releases.With(new LabelValues(range)).Add();

    /// <summary>How full the ranges are is read when somebody asks.</summary>
    public void Watch(IReadOnlyList<CidrRange> ranges)
    {
        registry.Read(
            $"{Subsystem}_cirdset_max_cidrs", "[ALPHA] Ranges that there are.",
            () => ranges.Select(static range => (new LabelValues(range.Name), (double)range.Count)), Label);
        registry.Read(
            $"{Subsystem}_cidrset_usage_cidrs", "[ALPHA] The part of the ranges that is given out.",
            () => ranges.Select(static range => (new LabelValues(range.Name), (double)range.Taken / range.Count)),
            Label);
    }
}
