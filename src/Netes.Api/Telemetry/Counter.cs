namespace Netes.Api.Telemetry;

/// <summary>Counts what happened; never goes down.</summary>
public sealed class Counter
{
    private long _count;

    public long Count => Volatile.Read(ref _count);

    public void Add(long amount = 1) => Interlocked.Add(ref _count, amount);
}

/// <summary>Counters by label values.</summary>
public sealed class CounterFamily : MetricFamily<Counter>
{
    internal CounterFamily(string name, string help, ReadOnlySpan<string> labels)
        : base(name, help, "counter", labels, static () => new Counter())
    {
    }

    private protected override void Write(MetricText text, in LabelValues values, Counter series) =>
        text.Sample(Name, Labels, values, series.Count);
}
