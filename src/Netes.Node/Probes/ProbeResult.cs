namespace Netes.Nodes.Probes;

public enum ProbeOutcome
{
    /// <summary>The probe itself went wrong: it says nothing about the container.</summary>
    Unknown,
    Success,

    /// <summary>A success that is worth an event.</summary>
    Warning,
    Failure,
}

/// <summary>What one probe found; the output is for the event. Source: pkg/probe/probe.go.</summary>
public readonly record struct ProbeResult(ProbeOutcome Outcome, string Output)
{
    public static ProbeResult Success { get; } = new(ProbeOutcome.Success, "");

    public bool Succeeded => Outcome is ProbeOutcome.Success or ProbeOutcome.Warning;

    public static ProbeResult Failure(string output) => new(ProbeOutcome.Failure, output);

    public static ProbeResult Unknown(string error) => new(ProbeOutcome.Unknown, error);

    public static ProbeResult Warning(string output) => new(ProbeOutcome.Warning, output);
}
