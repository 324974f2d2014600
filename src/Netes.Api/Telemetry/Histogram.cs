namespace Netes.Api.Telemetry;

/// <summary>How often values fell below each of some bounds, and their sum.</summary>
public sealed class Histogram(double[] bounds)
{
    // One more than there are bounds: what is above all of them.
    private readonly long[] _counts = new long[bounds.Length + 1];
    private double _sum;

    public double Sum => Volatile.Read(ref _sum);

    public void Observe(TimeSpan time) => Observe(time.TotalSeconds);

    public void Observe(double value)
    {
        var place = 0;
        while (place < bounds.Length && value > bounds[place])
        {
            place++;
        }

        Interlocked.Increment(ref _counts[place]);
        for (var seen = Volatile.Read(ref _sum); ;)
        {
            var found = Interlocked.CompareExchange(ref _sum, seen + value, seen);
            if (found.Equals(seen))
            {
                return;
            }

            seen = found;
        }
    }

    internal long CountAt(int place) => Volatile.Read(ref _counts[place]);
}

/// <summary>Histograms by label values.</summary>
public sealed class HistogramFamily : MetricFamily<Histogram>
{
    private readonly double[] _bounds;

    internal HistogramFamily(string name, string help, double[] bounds, ReadOnlySpan<string> labels)
        : base(name, help, "histogram", labels, () => new Histogram(bounds)) => _bounds = bounds;

    private protected override void Write(MetricText text, in LabelValues values, Histogram series)
    {
        var total = 0L;
        for (var i = 0; i <= _bounds.Length; i++)
        {
            total += series.CountAt(i);
            text.Bucket(Name, Labels, values, i < _bounds.Length ? _bounds[i] : double.PositiveInfinity, total);
        }

        text.Sample(Name, "_sum", Labels, values, series.Sum);
        text.Sample(Name, "_count", Labels, values, total);
    }
}

/// <summary>Bounds of histograms. Source: k8s.io/component-base/metrics;
/// client_golang/prometheus/histogram.go.</summary>
public static class Buckets
{
    /// <summary>Of calls that are usually quick, up to ten seconds.</summary>
    public static double[] Default { get; } = [0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10];

    /// <summary>Each <paramref name="factor"/> times the one before.</summary>
    public static double[] Exponential(double start, double factor, int count) =>
        [.. Enumerable.Range(0, count).Select(power => start * Math.Pow(factor, power))];
}
