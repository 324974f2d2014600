using System.Buffers;
using System.Text;
using Netes.Api.Telemetry;

namespace Netes.Tests.Api.Telemetry;

/// <summary>Goal: what is counted is written as Prometheus reads it, and counting allocates nothing.</summary>
public sealed class MetricRegistryTests
{
    private readonly MetricRegistry _registry = new();

    [Fact]
    public void Families_are_written_by_name_with_their_series()
    {
        var requests = _registry.Counter("b_total", "Requests\nof all.", "verb", "code");
        requests.With(new("GET", "200")).Add(3);
        requests.With(new("A\"\\\n", "")).Add();
        _registry.Gauge("a", "Now.").With(default).Set(-2);
        Assert.Equal("""
            # HELP a Now.
            # TYPE a gauge
            a -2
            # HELP b_total Requests\nof all.
            # TYPE b_total counter
            b_total{verb="A\"\\\n",code=""} 1
            b_total{verb="GET",code="200"} 3

            """, Text());
    }

    [Fact]
    public void Histogram_counts_up_to_each_bound()
    {
        var time = _registry.Histogram("t_seconds", "Time.", [0.1, 1], "verb").With(new("GET"));
        foreach (var seconds in (double[])[0.05, 0.1, 0.5, 7])
        {
            time.Observe(TimeSpan.FromSeconds(seconds));
        }

        Assert.Equal("""
            # HELP t_seconds Time.
            # TYPE t_seconds histogram
            t_seconds_bucket{verb="GET",le="0.1"} 2
            t_seconds_bucket{verb="GET",le="1"} 3
            t_seconds_bucket{verb="GET",le="+Inf"} 4
            t_seconds_sum{verb="GET"} 7.65
            t_seconds_count{verb="GET"} 4

            """, Text());
    }

    [Fact]
    public void Family_that_is_asked_for_twice_is_one()
    {
        _registry.Counter("n", "N.").With(default).Add();
        _registry.Counter("n", "N.").With(default).Add();
        _registry.Read("r", "Old.", static () => [(default, 1)]);
        _registry.Read("r", "New.", static () => [(default, 2.5)]);
        Assert.Contains("\nn 2\n", Text(), StringComparison.Ordinal);
        Assert.Contains("# HELP r New.\n# TYPE r gauge\nr 2.5\n", Text(), StringComparison.Ordinal);
    }

    [Fact]
    public void Series_beyond_the_limit_are_counted_together_and_not_shown()
    {
        var family = _registry.Counter("n", "N.", "name");
        for (var i = 0; i < 6_000; i++)
        {
            family.With(new($"{i}")).Add();
        }

        Assert.Equal(5_002, Text().Split('\n', StringSplitOptions.RemoveEmptyEntries).Length);
        Assert.Equal(1_000, family.With(new("one more")).Count);
    }

    [Fact]
    public void Counting_allocates_nothing()
    {
        var requests = _registry.Counter("n_total", "N.", "verb", "code");
        var times = _registry.Histogram("t_seconds", "T.", Buckets.Default, "verb");
        Count(100);
        var before = GC.GetAllocatedBytesForCurrentThread();
        Count(1_000);
        Assert.Equal(0, GC.GetAllocatedBytesForCurrentThread() - before);

        void Count(int rounds)
        {
            for (var i = 0; i < rounds; i++)
            {
                requests.With(new("GET", "200")).Add();
                times.With(new("GET")).Observe(0.3);
            }
        }
    }

    private string Text()
    {
        var output = new ArrayBufferWriter<byte>();
        _registry.WriteTo(output);
        return Encoding.UTF8.GetString(output.WrittenSpan);
    }
}
