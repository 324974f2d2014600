namespace Netes.Cel;

/// <summary>The least and the most that something costs, or how large it is; never overflows.
/// Source: cel-go checker/cost.go, CostEstimate and SizeEstimate.</summary>
public readonly record struct CelCostRange(ulong Min, ulong Max)
{
    internal static CelCostRange Unknown { get; } = new(0, ulong.MaxValue);

    public static CelCostRange operator +(CelCostRange a, CelCostRange b) => new(Add(a.Min, b.Min), Add(a.Max, b.Max));

    public static CelCostRange operator *(CelCostRange a, CelCostRange b) =>
        new(Times(a.Min, b.Min), Times(a.Max, b.Max));

    internal static CelCostRange Of(ulong value) => new(value, value);

    internal CelCostRange Or(CelCostRange other) => new(Math.Min(Min, other.Min), Math.Max(Max, other.Max));

    internal CelCostRange Times(double factor) => new(Scale(Min, factor), Scale(Max, factor));

    private static ulong Add(ulong a, ulong b) => a > ulong.MaxValue - b ? ulong.MaxValue : a + b;

    private static ulong Times(ulong a, ulong b) => b != 0 && a > ulong.MaxValue / b ? ulong.MaxValue : a * b;

    private static ulong Scale(ulong value, double factor)
    {
        var scaled = Math.Ceiling(value * factor);
        return scaled >= 18446744073709551616d ? ulong.MaxValue : (ulong)scaled;
    }
}
