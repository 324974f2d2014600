using Netes.Api.Telemetry;

namespace Netes.ControlPlane.Scheduling;

/// <summary>What came of a try to schedule a pod, by the names that metrics give it.</summary>
internal enum AttemptResult
{
    Scheduled,
    Unschedulable,
    Error,
}

/// <summary>The tries of one profile: their series are found when they are first needed. Thread-safe.</summary>
internal sealed class AttemptSeries(Func<string, (Counter Count, Histogram Time)> find)
{
    private static readonly string[] Results = ["scheduled", "unschedulable", "error"];

    private readonly Series?[] _known = new Series?[Results.Length];

    public void Observe(AttemptResult result, TimeSpan took)
    {
        var series = _known[(int)result] ??= new Series(find(Results[(int)result]));
        series.Tries.Count.Add();
        series.Tries.Time.Observe(took);
    }

    private sealed record Series((Counter Count, Histogram Time) Tries);
}
