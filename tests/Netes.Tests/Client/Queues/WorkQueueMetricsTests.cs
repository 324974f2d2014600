using System.Buffers;
using System.Text;
using Microsoft.Extensions.Time.Testing;
using Netes.Api.Telemetry;
using Netes.Client;

namespace Netes.Tests.Client.Queues;

public class WorkQueueMetricsTests
{
    private readonly FakeTimeProvider _time = new();
    private readonly MetricRegistry _registry = new();

    [Fact]
    public async Task Depth_waits_and_work_are_told_by_the_queues_name()
    {
        using var queue = new WorkQueue<string>(
            WorkQueueOptions.Default, _time, new WorkQueueMetrics(_registry).Of("deployment"));
        queue.Add("a");
        queue.Add("a");
        queue.Add("b");
        queue.AddAfter("c", TimeSpan.FromMinutes(1));
        Shows("workqueue_depth{name=\"deployment\"} 2", "workqueue_adds_total{name=\"deployment\"} 2",
            "workqueue_retries_total{name=\"deployment\"} 1");

        _time.Advance(TimeSpan.FromSeconds(2));
        var key = await queue.GetAsync(TestContext.Current.CancellationToken);
        _time.Advance(TimeSpan.FromSeconds(3));
        Shows("workqueue_depth{name=\"deployment\"} 1", "workqueue_queue_duration_seconds_sum{name=\"deployment\"} 2",
            "workqueue_unfinished_work_seconds{name=\"deployment\"} 3",
            "workqueue_longest_running_processor_seconds{name=\"deployment\"} 3",
            "workqueue_work_duration_seconds_count{name=\"deployment\"} 0");

        // Added while it is worked on: it waits from now, and comes again.
        queue.Add(key);
        queue.Done(key);
        Shows("workqueue_depth{name=\"deployment\"} 2", "workqueue_work_duration_seconds_sum{name=\"deployment\"} 3",
            "workqueue_work_duration_seconds_count{name=\"deployment\"} 1",
            "workqueue_unfinished_work_seconds{name=\"deployment\"} 0");
    }

    private void Shows(params string[] lines)
    {
        var output = new ArrayBufferWriter<byte>();
        _registry.WriteTo(output);
        var text = Encoding.UTF8.GetString(output.WrittenSpan);
        Assert.All(lines, line => Assert.Contains(line + "\n", text, StringComparison.Ordinal));
    }
}
