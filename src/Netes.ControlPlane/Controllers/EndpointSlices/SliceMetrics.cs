using Netes.Api.Telemetry;
using Netes.Client;

namespace Netes.ControlPlane;

/// <summary>
/// What is counted of slices that a controller keeps. Source: staging endpointslice/metrics/{metrics,cache}.go;
/// pkg/controller/endpointslicemirroring/metrics/{metrics,cache}.go.
/// </summary>
internal sealed class SliceMetrics
{
    private static readonly double[] Bounds = Buckets.Exponential(2, 2, 15);

    private readonly Lock _lock = new();
    private readonly Dictionary<ObjectKey, SliceTotals> _totals = [];
    private readonly Histogram? _added;
    private readonly Histogram? _removed;
    private readonly CounterFamily? _changes;

    /// <param name="registry">Where to count; null: nowhere.</param>
    /// <param name="subsystem">What the names begin with.</param>
    public SliceMetrics(MetricRegistry? registry, string subsystem)
    {
        _added = registry?.Histogram(
            $"{subsystem}_endpoints_added_per_sync", "[ALPHA] Endpoints that one reconciliation added.", Bounds)
            .With(default);
        _removed = registry?.Histogram(
            $"{subsystem}_endpoints_removed_per_sync", "[ALPHA] Endpoints that one reconciliation removed.", Bounds)
            .With(default);
        _changes = registry?.Counter(
            $"{subsystem}_changes", "[ALPHA] Slices that were written, by what was done.", "operation");
        registry?.Read(
            $"{subsystem}_endpoints_desired", "[ALPHA] Endpoints that there should be.",
            () => Sum(static totals => totals.Endpoints));
        registry?.Read(
            $"{subsystem}_num_endpoint_slices", "[ALPHA] Slices that there are.",
            () => Sum(static totals => totals.Slices));
        registry?.Read(
            $"{subsystem}_desired_endpoint_slices", "[ALPHA] Slices that there would be if all were full.",
            () => Sum(static totals => totals.Full));
    }

    /// <summary>One reconciliation has planned; what it wants stands until the next one of the key.</summary>
    public void Planned(ObjectKey key, int added, int removed, SliceTotals totals)
    {
        _added?.Observe(added);
        _removed?.Observe(removed);
        lock (_lock)
        {
            _totals[key] = totals;
        }
    }

    /// <param name="operation">create, update or delete.</param>
    public void Changed(string operation) => _changes?.With(new LabelValues(operation)).Add();

    public void Forget(ObjectKey key)
    {
        lock (_lock)
        {
            _totals.Remove(key);
        }
    }

    private (LabelValues Labels, double Value)[] Sum(Func<SliceTotals, int> of)
    {
        lock (_lock)
        {
            return [(default, _totals.Values.Sum(of))];
        }
    }
}

/// <param name="Endpoints">How many there should be.</param>
/// <param name="Slices">How many hold them.</param>
/// <param name="Full">How many would if they were full.</param>
internal readonly record struct SliceTotals(int Endpoints, int Slices, int Full)
{
    public SliceTotals Add(int endpoints, int slices, int max) =>
        new(Endpoints + endpoints, Slices + slices, Full + (endpoints + max - 1) / max);
}
