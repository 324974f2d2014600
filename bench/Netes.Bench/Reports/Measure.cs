namespace Netes.Bench.Reports;

/// <summary>What a figure must reach.</summary>
internal abstract record Bar
{
    private Bar()
    {
    }

    /// <summary>So many times better than Kubernetes on the same machine.</summary>
    public sealed record Times(double Factor) : Bar
    {
        public override string ToString() => $"≥ {Factor:0.#}×";
    }

    /// <summary>A number that must be reached.</summary>
    public sealed record AtLeast(double Least) : Bar
    {
        public override string ToString() => $"≥ {Least:0.##}";
    }

    /// <summary>A number that must not be exceeded.</summary>
    public sealed record AtMost(double Most) : Bar
    {
        public override string ToString() => $"≤ {Most:0.##}";
    }
}

/// <summary>One line of the table.</summary>
/// <param name="Name">As in <c>last.json</c> and <c>kubernetes.json</c>.</param>
/// <param name="Unit">Of the figure.</param>
/// <param name="MoreIsBetter">True for rates; false for times, sizes and costs.</param>
/// <param name="Bar">Null: only watched.</param>
internal sealed record Measure(string Name, string Unit, bool MoreIsBetter, Bar? Bar)
{
    /// <summary>How many times better <paramref name="figure"/> is than <paramref name="other"/>; 1 is equal.</summary>
    public double Times(double figure, double other) => MoreIsBetter ? figure / other : other / figure;

    /// <summary>Null: there is no bar, or nothing to compare with.</summary>
    public bool? IsMet(double figure, double? kubernetes) => Bar switch
    {
        Bar.AtLeast least => figure >= least.Least,
        Bar.AtMost most => figure <= most.Most,
        Bar.Times times when kubernetes is { } other => Times(figure, other) >= times.Factor,
        _ => null,
    };
}
