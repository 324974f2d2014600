using Netes.Api.Telemetry;
using Netes.ApiServer.Admission;

namespace Netes.ApiServer.Metrics;

/// <summary>
/// How long admission takes, as a whole and plugin by plugin. Each plugin keeps its series, so that a write looks up
/// nothing. Source: apiserver pkg/admission/metrics/metrics.go.
/// </summary>
internal sealed class AdmissionMetrics(MetricRegistry registry, TimeProvider time)
{
    private static readonly double[] Bounds = [0.005, 0.025, 0.1, 0.5, 1, 2.5];

    private readonly HistogramFamily _steps = registry.Histogram(
        "apiserver_admission_step_admission_duration_seconds",
        "[STABLE] Time of admission's two steps (admit, validate), in seconds.", Bounds, "operation", "rejected",
        "type");

    private readonly HistogramFamily _plugins = registry.Histogram(
        "apiserver_admission_controller_admission_duration_seconds",
        "[STABLE] Time of each admission plugin, in seconds.", Bounds, "name", "operation", "rejected", "type");

    public long Now() => time.GetTimestamp();

    /// <param name="type">admit or validate.</param>
    public AdmissionSeries Step(string type) =>
        new(time, (operation, rejected) => _steps.With(new(operation, rejected, type)));

    /// <param name="plugin">Kubernetes' name of it.</param>
    /// <param name="type">admit or validate.</param>
    public AdmissionSeries Plugin(string plugin, string type) =>
        new(time, (operation, rejected) => _plugins.With(new(plugin, operation, rejected, type)));
}

/// <summary>The histograms of one step or plugin, found when they are first needed.</summary>
internal sealed class AdmissionSeries(TimeProvider time, Func<string, string, Histogram> find)
{
    private static readonly string[] Operations = ["CREATE", "UPDATE", "DELETE", "CONNECT"];

    private readonly Histogram?[] _known = new Histogram?[Operations.Length * 2];

    /// <summary>Answers when it ended, which is when the next one began.</summary>
    public long Observe(AdmissionOperation operation, bool rejected, long began)
    {
        var ended = time.GetTimestamp();
        var place = ((int)operation * 2) + (rejected ? 1 : 0);
        var series = _known[place] ??= find(Operations[(int)operation], rejected ? "true" : "false");
        series.Observe(time.GetElapsedTime(began, ended));
        return ended;
    }
}
