using System.Buffers;
using System.Globalization;
using System.Text;
using System.Text.RegularExpressions;
using Microsoft.Extensions.Time.Testing;
using Netes.Api.Core;
using Netes.Api.Telemetry;
using Netes.ControlPlane.Scheduling;
using static Netes.Tests.ControlPlane.Objects;

namespace Netes.Tests.ControlPlane.Scheduler;

public sealed class SchedulerMetricsTests : IDisposable
{
    private const string Incoming = "scheduler_queue_incoming_pods_total";
    private const string Profile = "default-scheduler";

    private readonly MetricRegistry _registry = new();
    private readonly FakeTimeProvider _time = new();
    private readonly SchedulerMetrics _metrics;
    private readonly SchedulerFramework _framework;
    private readonly SchedulingQueue _queue;

    public SchedulerMetricsTests()
    {
        _metrics = new SchedulerMetrics(_registry, () => _queue!, new SchedulerCache(), new Random(1));
        _framework = Frameworks.Create(
            metrics: new ProfileMetrics(_metrics, Profile, TimeProvider.System, new Random(1)));
        _queue = new SchedulingQueue(
            _ => _framework, (TimeSpan.FromSeconds(1), TimeSpan.FromSeconds(10)), _time)
        {
            Metrics = _metrics.Queue,
        };
    }

    public void Dispose() => _queue.Dispose();

    [Fact]
    public void Events_HaveUpstreamsLabelsAndEachItsOwn()
    {
        Assert.Equal(QueueEvents.Labels.Length, QueueEvents.Labels.Distinct().Count());
        Assert.Equal(1L << (int)QueueEvent.PodAdded, (long)ClusterEvents.All + 1);
        Assert.Equal((int)QueueEvent.UnschedulableTimeout, QueueEvents.Labels.Length - 1);
        Assert.Equal("UnschedulablePodAdd", QueueEvents.Labels[(int)QueueEvent.PodAdded]);
        Assert.Equal("AssignedPodUpdate", QueueEvents.Labels[(int)QueueEvent.AssignedPodUpdated]);
        Assert.Equal("BackoffComplete", QueueEvents.Labels[(int)QueueEvent.BackoffComplete]);
        Assert.Equal(
            ["NodeUpdateNodeTaint", "storage.k8s.io/CSINodeAdd"],
            QueueEvents.Each(ClusterEvents.NodeTaintsChanged | ClusterEvents.CsiNodeAdded)
                .Select(static one => QueueEvents.Labels[(int)one]));
    }

    [Fact]
    public async Task PodsThatComeIn_AreCountedByPartAndReason()
    {
        _queue.Set(null, Pod("a"));
        Shows($"{Incoming}{{queue=\"active\",event=\"UnschedulablePodAdd\"}} 1");

        // Turned down, woken while its backoff lasts, and taken from there as nothing else is to do.
        await RestAsync("NodeResourcesFit");
        _queue.Happened(new ClusterChange(ClusterEvents.AssignedPodRemoved) { Pod = Pod("b", "n1") });
        await RestAsync("NodeResourcesFit");
        Shows(
            $"{Incoming}{{queue=\"unschedulable\",event=\"ScheduleAttemptFailure\"}} 2",
            $"{Incoming}{{queue=\"backoff\",event=\"AssignedPodDelete\"}} 1",
            $"{Incoming}{{queue=\"active\",event=\"PopFromBackoffQ\"}} 1");

        // An error comes between; its backoff ends.
        _time.Advance(TimeSpan.FromSeconds(30));
        _queue.Happened(new ClusterChange(ClusterEvents.AssignedPodRemoved) { Pod = Pod("b", "n1") });
        await RestAsync();
        _time.Advance(TimeSpan.FromSeconds(30));
        Shows(
            $"{Incoming}{{queue=\"active\",event=\"AssignedPodDelete\"}} 1",
            $"{Incoming}{{queue=\"backoff\",event=\"ScheduleAttemptFailure\"}} 1",
            $"{Incoming}{{queue=\"active\",event=\"BackoffComplete\"}} 1");
    }

    [Fact]
    public void GatedPod_ComesIntoTheActivePartWithItsLastGate()
    {
        var gated = Pod("a");
        gated = gated with { Spec = gated.Spec with { SchedulingGates = [new PodSchedulingGate { Name = "hold" }] } };
        _queue.Set(null, gated);
        _queue.Set(gated, gated with { Metadata = gated.Metadata with { ResourceVersion = "2" } });
        Shows(
            $"{Incoming}{{queue=\"unschedulable\",event=\"UnschedulablePodAdd\"}} 1",
            $"scheduler_unschedulable_pods{{plugin=\"SchedulingGates\",profile=\"{Profile}\"}} 1");

        _queue.Set(gated, Pod("a"));
        var text = Text();
        Assert.Contains(
            $"{Incoming}{{queue=\"active\",event=\"UnschedulablePodUpdatePodSchedulingGatesEliminated\"}} 1\n", text,
            StringComparison.Ordinal);
        Assert.DoesNotContain("event=\"UnschedulablePodUpdate\"", text, StringComparison.Ordinal);
    }

    [Fact]
    public async Task PodsBeingScheduled_AreTold_WithWhatIsKeptForThem()
    {
        _queue.Set(null, Pod("a"));
        var pod = await _queue.PopAsync(TestContext.Current.CancellationToken);
        _queue.Happened(new ClusterChange(ClusterEvents.NodeLabelsChanged | ClusterEvents.NodeTaintsChanged)
        {
            Node = MakeNode("n1"),
        });
        Shows(
            "scheduler_inflight_events{event=\"PodPopped\"} 1",
            "scheduler_inflight_events{event=\"NodeUpdateNodeLabel\"} 1",
            "scheduler_inflight_events{event=\"NodeUpdateNodeTaint\"} 1");
        _queue.Rest(pod, Rejectors("NodeResourcesFit", "NodePorts"));
        Shows(
            "scheduler_inflight_events{event=\"PodPopped\"} 0",
            $"scheduler_unschedulable_pods{{plugin=\"NodeResourcesFit\",profile=\"{Profile}\"}} 1",
            $"scheduler_unschedulable_pods{{plugin=\"NodePorts\",profile=\"{Profile}\"}} 1");
    }

    [Fact]
    public async Task OnlyTheClockWokeIt_ScheduledAfterFlush()
    {
        _queue.Set(null, Pod("a"));
        await RestAsync("NodeResourcesFit");
        _time.Advance(TimeSpan.FromMinutes(5.1));
        Shows($"{Incoming}{{queue=\"active\",event=\"UnschedulableTimeout\"}} 1",
            "scheduler_pod_scheduled_after_flush_total 0");
        _metrics.Bound(await _queue.PopAsync(TestContext.Current.CancellationToken), TimeSpan.FromMinutes(6));
        Shows("scheduler_pod_scheduled_after_flush_total 1", "scheduler_pod_scheduling_attempts_count 1",
            "scheduler_pod_scheduling_sli_duration_seconds_count{attempts=\"2\"} 1");
    }

    [Fact]
    public async Task Hints_OneOfTenIsMeasured()
    {
        _queue.Set(null, Pod("a").Requesting("8", "1Gi"));
        await RestAsync("NodeResourcesFit");
        for (var i = 0; i < 1_000; i++)
        {
            _queue.Happened(new ClusterChange(ClusterEvents.NodeAdded) { Node = MakeNode("small", "2") });
        }

        Assert.InRange(
            Count("scheduler_queueing_hint_execution_duration_seconds_count{plugin=\"NodeResourcesFit\","
                + "event=\"NodeAdd\",hint=\"QueueSkip\"}"),
            50, 150);
    }

    [Fact]
    public void Plugins_AreCountedInEachCycleAndMeasuredInOneOfTen()
    {
        var (cache, snapshot) = (new SchedulerCache(), new Snapshot());
        cache.SetNode(MakeNode("n1"));
        cache.SetNode(MakeNode("n2"));
        cache.SetNode(MakeNode("small", "1"));
        cache.Update(snapshot);
        var algorithm = new SchedulingAlgorithm(_framework, 100, new Random(1));
        for (var i = 0; i < 1_000; i++)
        {
            // No two are alike, so that no answer is remembered.
            var pod = WithHostPort(Pod($"p{i}").Requesting($"{1_500 + i}m", "1Gi"));
            Assert.NotNull(algorithm.Schedule(_framework.NewCycle(), new PodInfo(pod), snapshot).Node);
        }

        Assert.Equal(1_000, Count(Evaluated("NodePorts", "PreFilter")));
        Assert.Equal(3_000, Count(Evaluated("NodeResourcesFit", "Filter")));
        Assert.Equal(1_000, Count(Evaluated("NodeResourcesBalancedAllocation", "PreScore")));
        Assert.Equal(2_000, Count(Evaluated("NodeResourcesFit", "Score")));
        var cycles = Count(Executed("NodePorts", "PreFilter", "Success"));
        Assert.InRange(cycles, 50, 150);
        Assert.Equal(2 * cycles, Count(Executed("NodeResourcesFit", "Filter", "Success")));
        Assert.Equal(cycles, Count(Executed("NodeResourcesFit", "Filter", "UnschedulableAndUnresolvable")));
        Assert.Equal(2 * cycles, Count(Executed("NodeResourcesFit", "Score", "Success")));
        Assert.Equal(cycles, Count(Executed("NodeResourcesFit", "ScoreExtensionNormalize", "Success")));

        // Skipped: it is not asked, which is measured all the same.
        Assert.DoesNotContain(Evaluated("NodeAffinity", "PreFilter"), Text(), StringComparison.Ordinal);
        Assert.Equal(cycles, Count(Executed("NodeAffinity", "PreFilter", "Skip")));
    }

    private static Pod WithHostPort(Pod pod) => pod with
    {
        Spec = pod.Spec with
        {
            Containers =
            [
                pod.Spec.Containers[0] with
                {
                    Ports = [new ContainerPort { ContainerPortValue = 80, HostPort = 80, Protocol = "TCP" }],
                },
            ],
        },
    };

    private static string Evaluated(string plugin, string point) =>
        $"scheduler_plugin_evaluation_total{{plugin=\"{plugin}\",extension_point=\"{point}\",profile=\"{Profile}\"}}";

    private static string Executed(string plugin, string point, string status) =>
        $"scheduler_plugin_execution_duration_seconds_count{{plugin=\"{plugin}\",extension_point=\"{point}\","
        + $"status=\"{status}\"}}";

    private async Task RestAsync(params string[] plugins) =>
        _queue.Rest(await _queue.PopAsync(TestContext.Current.CancellationToken), Rejectors(plugins));

    private ISchedulerPlugin[] Rejectors(params string[] names) =>
        [.. _framework.All.Where(plugin => names.Contains(plugin.Name))];

    private void Shows(params string[] lines)
    {
        var text = Text();
        Assert.All(lines, line => Assert.Contains(line + "\n", text, StringComparison.Ordinal));
    }

    private long Count(string series)
    {
        var found = Regex.Match(Text(), $"(?m)^{Regex.Escape(series)} ([0-9]+)$");
        Assert.True(found.Success, series);
        return long.Parse(found.Groups[1].Value, CultureInfo.InvariantCulture);
    }

    private string Text()
    {
        var output = new ArrayBufferWriter<byte>();
        _registry.WriteTo(output);
        return Encoding.UTF8.GetString(output.WrittenSpan);
    }
}
