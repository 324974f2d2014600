namespace Netes.Bench;

/// <summary>A run that gives one figure or several.</summary>
/// <param name="Name">What the command line filters by.</param>
/// <param name="OverTheWire">Whether any API server will do; else it needs our own.</param>
/// <param name="RunAsync">Adds its figures to the context, and leaves nothing behind.</param>
internal sealed record Scenario(
    string Name, bool OverTheWire, Func<BenchContext, CancellationToken, Task> RunAsync);
