using System.Collections.Concurrent;

namespace Netes.Api.Telemetry;

/// <summary>
/// All series of one name. Threading: every member may be called from any thread. Counting allocates nothing but the
/// first time for a set of label values.
/// </summary>
public abstract class MetricFamily
{
    private protected MetricFamily(string name, string help, string type, ReadOnlySpan<string> labels)
    {
        ArgumentOutOfRangeException.ThrowIfGreaterThan(labels.Length, LabelValues.Most);
        (Name, Help, Type, Labels) = (name, help, type, labels.ToArray());
    }

    /// <summary>Under Kubernetes' name, with its unit: <c>apiserver_request_duration_seconds</c>.</summary>
    public string Name { get; }

    public string Help { get; }

    /// <summary>counter, gauge or histogram.</summary>
    public string Type { get; }

    internal string[] Labels { get; }

    internal abstract void Write(MetricText text);
}

/// <summary>A family whose series are kept.</summary>
/// <typeparam name="T">What is kept for a set of label values.</typeparam>
public abstract class MetricFamily<T> : MetricFamily
    where T : class
{
    /// <summary>Label values can come from clients: what comes later is counted together, and not shown.</summary>
    private const int MaxSeries = 5_000;

    private readonly ConcurrentDictionary<LabelValues, T> _series = new();
    private readonly Func<T> _make;
    private readonly T _rest;

    private protected MetricFamily(string name, string help, string type, ReadOnlySpan<string> labels, Func<T> make)
        : base(name, help, type, labels) => (_make, _rest) = (make, make());

    /// <summary>The series of these values; made when it is new.</summary>
    public T With(in LabelValues values)
    {
        if (_series.TryGetValue(values, out var known))
        {
            return known;
        }

        return _series.Count < MaxSeries ? _series.GetOrAdd(values, static (_, make) => make(), _make) : _rest;
    }

    /// <summary>Drops the series of these values: what they told of is gone.</summary>
    public void Remove(in LabelValues values) => _series.TryRemove(values, out _);

    internal sealed override void Write(MetricText text)
    {
        foreach (var (values, series) in _series.OrderBy(static pair => pair.Key.ToString(), StringComparer.Ordinal))
        {
            Write(text, values, series);
        }
    }

    private protected abstract void Write(MetricText text, in LabelValues values, T series);
}
