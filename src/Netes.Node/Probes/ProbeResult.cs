namespace Netes.Nodes.Probes;

/// <summary>What one probe found; the output is for the event.</summary>
public readonly record struct ProbeResult(bool Succeeded, string Output)
{
    public static ProbeResult Success { get; } = new(true, "");

    public static ProbeResult Failure(string output) => new(false, output);
}
