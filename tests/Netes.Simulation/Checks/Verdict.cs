namespace Netes.Simulation.Checks;

/// <summary>The first promise that was broken in a run, if any.</summary>
internal sealed class Verdict(TimeProvider time)
{
    private readonly long _start = time.GetTimestamp();

    public string? Violation { get; private set; }

    public void Break(Finding finding, string what) =>
        Violation ??= $"{finding}: after {time.GetElapsedTime(_start):d\\.hh\\:mm\\:ss\\.fff}: {what}";
}
