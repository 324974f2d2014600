namespace Netes.Bench;

/// <summary>The command line: <c>[part of a name]... [--short] [--save] [--kubeconfig FILE]</c>.</summary>
internal sealed record BenchOptions
{
    /// <summary>A scenario runs when its name contains one of these; empty: all.</summary>
    public required IReadOnlyList<string> Filters { get; init; }

    /// <summary>The program that is measured.</summary>
    public required string Program { get; init; }

    /// <summary>A tenth of everything: to see that it works.</summary>
    public bool Short { get; init; }

    /// <summary>Makes this run the one that later runs are compared with.</summary>
    public bool Save { get; init; }

    /// <summary>Measures another API server over the wire, e.g. a real Kubernetes; empty: our own.</summary>
    public string Kubeconfig { get; init; } = "";

    /// <summary>The folder of last.json and kubernetes.json.</summary>
    public required string Folder { get; init; }

    public bool Wants(string scenario) =>
        Filters.Count == 0 || Filters.Any(filter => scenario.Contains(filter, StringComparison.Ordinal));

    public static BenchOptions Parse(string[] arguments)
    {
        string kubeconfig = "";
        List<string> filters = [];
        for (int i = 0; i < arguments.Length; i++)
        {
            if (arguments[i] == "--kubeconfig" && i + 1 < arguments.Length)
            {
                kubeconfig = arguments[++i];
            }
            else if (arguments[i] is not ("--short" or "--save"))
            {
                filters.Add(arguments[i]);
            }
        }

        return new BenchOptions
        {
            Filters = filters,
            Short = arguments.Contains("--short"),
            Save = arguments.Contains("--save"),
            Kubeconfig = kubeconfig,
            Folder = Path.Combine(Directory.GetCurrentDirectory(), "bench"),
            Program = Environment.GetEnvironmentVariable("NETES_PROGRAM") is { Length: > 0 } program
                ? Path.GetFullPath(program)
                : Path.GetFullPath("artifacts/bin/Netes.Cli/release/netes"),
        };
    }
}
