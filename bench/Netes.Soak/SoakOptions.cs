namespace Netes.Soak;

/// <summary>The command line: <c>[part of a case's name]... [--short]</c>.</summary>
internal sealed record SoakOptions
{
    public required IReadOnlyList<string> Filters { get; init; }

    public required string Program { get; init; }

    /// <summary>A twentieth of the rounds.</summary>
    public bool Short { get; init; }

    public int Rounds(int full) => Short ? Math.Max(full / 20, 2) : full;

    public static SoakOptions Parse(string[] arguments) => new()
    {
        Filters = [.. arguments.Where(argument => argument != "--short")],
        Short = arguments.Contains("--short"),
        Program = Bench.BenchOptions.Parse([]).Program,
    };
}
