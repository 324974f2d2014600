namespace Netes.Api.Telemetry;

/// <summary>How much of something there is now.</summary>
public sealed class Gauge
{
    private long _value;

    public long Value => Volatile.Read(ref _value);

    public void Set(long value) => Volatile.Write(ref _value, value);

    public void Add(long amount = 1) => Interlocked.Add(ref _value, amount);
}

/// <summary>Gauges by label values.</summary>
public sealed class GaugeFamily : MetricFamily<Gauge>
{
    internal GaugeFamily(string name, string help, ReadOnlySpan<string> labels)
        : base(name, help, "gauge", labels, static () => new Gauge())
    {
    }

    private protected override void Write(MetricText text, in LabelValues values, Gauge series) =>
        text.Sample(Name, Labels, values, series.Value);
}

/// <summary>Numbers that are known elsewhere and read when somebody asks.</summary>
public sealed class ReadFamily : MetricFamily
{
    private readonly Func<IEnumerable<(LabelValues Labels, double Value)>> _read;

    internal ReadFamily(
        string name, string help, string type, ReadOnlySpan<string> labels,
        Func<IEnumerable<(LabelValues Labels, double Value)>> read)
        : base(name, help, type, labels) => _read = read;

    internal override void Write(MetricText text)
    {
        foreach (var (values, value) in _read())
        {
            text.Sample(Name, Labels, values, value);
        }
    }
}
