using System.Buffers;

namespace Netes.Api.Telemetry;

/// <summary>
/// The metrics of one server and of what runs beside it. Asking for a family that is there gives that one, so that
/// parts need not know each other. Threading: every member may be called from any thread.
/// </summary>
public sealed class MetricRegistry
{
    private readonly Lock _lock = new();
    private readonly SortedDictionary<string, MetricFamily> _families = new(StringComparer.Ordinal);

    public CounterFamily Counter(string name, string help, params ReadOnlySpan<string> labels) =>
        Find<CounterFamily>(name) ?? Add(new CounterFamily(name, help, labels));

    public GaugeFamily Gauge(string name, string help, params ReadOnlySpan<string> labels) =>
        Find<GaugeFamily>(name) ?? Add(new GaugeFamily(name, help, labels));

    /// <param name="name">The name.</param>
    /// <param name="help">What it tells.</param>
    /// <param name="bounds">Ascending; see <see cref="Buckets"/>.</param>
    /// <param name="labels">The names of its labels.</param>
    public HistogramFamily Histogram(string name, string help, double[] bounds, params ReadOnlySpan<string> labels) =>
        Find<HistogramFamily>(name) ?? Add(new HistogramFamily(name, help, bounds, labels));

    /// <summary>A gauge whose values are read when somebody asks; <paramref name="read"/> must be quick.</summary>
    public void Read(
        string name, string help, Func<IEnumerable<(LabelValues Labels, double Value)>> read,
        params ReadOnlySpan<string> labels) => _ = Add(new ReadFamily(name, help, "gauge", labels, read));

    /// <summary>As <see cref="Read"/>, for a count that never goes down.</summary>
    public void ReadCounter(
        string name, string help, Func<IEnumerable<(LabelValues Labels, double Value)>> read,
        params ReadOnlySpan<string> labels) => _ = Add(new ReadFamily(name, help, "counter", labels, read));

    /// <summary>Everything in Prometheus' text format, by name.</summary>
    public void WriteTo(IBufferWriter<byte> output)
    {
        MetricFamily[] families;
        lock (_lock)
        {
            families = [.. _families.Values];
        }

        var text = new MetricText(output);
        foreach (var family in families)
        {
            text.Head(family);
            family.Write(text);
        }
    }

    private T? Find<T>(string name)
        where T : MetricFamily
    {
        lock (_lock)
        {
            return _families.TryGetValue(name, out var known) ? (T)known : null;
        }
    }

    // What is read from elsewhere is replaced: its source may be another after a part was started anew.
    private T Add<T>(T family)
        where T : MetricFamily
    {
        lock (_lock)
        {
            if (family is not ReadFamily && _families.TryGetValue(family.Name, out var known))
            {
                return (T)known;
            }

            _families[family.Name] = family;
            return family;
        }
    }
}
