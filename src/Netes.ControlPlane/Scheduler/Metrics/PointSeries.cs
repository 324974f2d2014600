using Netes.Api.Telemetry;

namespace Netes.ControlPlane.Scheduling;

/// <summary>
/// Histograms by extension point and by what came of it, found when they are first needed: a pod looks up nothing.
/// Thread-safe.
/// </summary>
internal sealed class PointSeries(Func<string, string, Histogram> find)
{
    private static readonly string[] Points = Enum.GetNames<ExtensionPoint>();
    private static readonly string[] Outcomes = ["Success", .. Enum.GetNames<PluginCode>()];

    private readonly Histogram?[] _known = new Histogram?[Points.Length * Outcomes.Length];

    /// <summary>Kubernetes' word for it; no status is success.</summary>
    public static string Outcome(PluginStatus? status) => Outcomes[PlaceOf(status)];

    public void Observe(ExtensionPoint point, PluginStatus? status, TimeSpan took)
    {
        var place = ((int)point * Outcomes.Length) + PlaceOf(status);
        var series = _known[place] ??= find(Points[(int)point], Outcome(status));
        series.Observe(took);
    }

    private static int PlaceOf(PluginStatus? status) => status is null ? 0 : (int)status.Code + 1;
}
