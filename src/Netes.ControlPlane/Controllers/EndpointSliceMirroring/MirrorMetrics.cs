using Netes.Api.Telemetry;
using Netes.Client;

namespace Netes.ControlPlane;

/// <summary>
/// What is counted of mirrored slices. Source: pkg/controller/endpointslicemirroring/metrics/metrics.go.
/// </summary>
internal sealed class MirrorMetrics
{
    private const string Subsystem = "endpoint_slice_mirroring_controller";

    private static readonly double[] Bounds = Buckets.Exponential(2, 2, 15);

    private readonly Histogram? _updated;
    private readonly Histogram? _skipped;
    private readonly Histogram? _duration;

    public MirrorMetrics(MetricRegistry? registry)
    {
        Slices = new SliceMetrics(registry, Subsystem);
        _updated = registry?.Histogram(
            $"{Subsystem}_endpoints_updated_per_sync", "[ALPHA] Endpoints that one reconciliation changed.", Bounds)
            .With(default);
        _skipped = registry?.Histogram(
            $"{Subsystem}_addresses_skipped_per_sync",
            "[ALPHA] Addresses that one reconciliation left out: invalid ones, and those beyond the limit of a subset.",
            Bounds).With(default);
        _duration = registry?.Histogram(
            $"{Subsystem}_endpoints_sync_duration", "[ALPHA] Time that one reconciliation took, in seconds.",
            Buckets.Exponential(0.001, 2, 15)).With(default);
    }

    public SliceMetrics Slices { get; }

    public void Planned(ObjectKey key, MirrorPlan plan)
    {
        Slices.Planned(key, plan.Added, plan.Removed, plan.Totals);
        _updated?.Observe(plan.Updated);
        _skipped?.Observe(plan.Skipped);
    }

    public void Lasted(TimeSpan time) => _duration?.Observe(time);
}
