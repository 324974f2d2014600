using System.Buffers;
using System.Text;
using Microsoft.Extensions.Time.Testing;
using Netes.Api;
using Netes.Api.Core;
using Netes.Api.Telemetry;
using Netes.Nodes.Metrics;
using Netes.Nodes.Pods;
using Netes.Nodes.Probes;
using Netes.Nodes.Runtime;

namespace Netes.Tests.Node.Metrics;

/// <summary>Goal: the agent's numbers under a kubelet's names, labels and bounds.</summary>
public class NodeMetricsTests
{
    private readonly FakeTimeProvider _time = new();
    private readonly MetricRegistry _registry = new();
    private readonly NodeMetrics _metrics;

    public NodeMetricsTests() => _metrics = new(_registry, "n1", _time);

    [Fact]
    public void Starts_pulls_and_turns_are_told()
    {
        const ulong Mega = 1024 * 1024;
        var began = _time.GetTimestamp();
        _time.Advance(TimeSpan.FromSeconds(2));
        _metrics.Turned("create", began);
        _metrics.ContainerStarting(ContainerKind.Sidecar);
        _metrics.ContainerStarting(ContainerKind.Regular);
        _metrics.ContainerFailed(ContainerKind.Regular, "ErrImagePull");
        _metrics.ImagePulled((10 * Mega) - 1, TimeSpan.FromSeconds(1));
        _metrics.ImagePulled(10 * Mega, TimeSpan.FromSeconds(1));
        _metrics.ImagePulled(100 * 1024 * Mega, TimeSpan.FromSeconds(7));

        Shows(_registry, "kubelet_node_name{node=\"n1\"} 1",
            "kubelet_pod_worker_duration_seconds_sum{operation_type=\"create\"} 2",
            "kubelet_pod_worker_duration_seconds_bucket{operation_type=\"create\",le=\"1\"} 0",
            "kubelet_pod_worker_duration_seconds_bucket{operation_type=\"create\",le=\"2.5\"} 1",
            "kubelet_started_containers_total{container_type=\"init_container\"} 1",
            "kubelet_started_containers_total{container_type=\"container\"} 1",
            "kubelet_started_containers_errors_total{container_type=\"container\",code=\"ErrImagePull\"} 1",
            "kubelet_image_pull_duration_seconds_count{image_size_in_bytes=\"0-10MB\"} 1",
            "kubelet_image_pull_duration_seconds_count{image_size_in_bytes=\"10MB-100MB\"} 1",
            "kubelet_image_pull_duration_seconds_bucket{image_size_in_bytes=\"GT100GB\",le=\"10\"} 1",
            "kubelet_started_pods_total 0", "kubelet_pod_start_duration_seconds_count 0",
            "kubelet_pod_status_sync_duration_seconds_bucket{le=\"0.01\"} 0");
    }

    [Fact]
    public async Task Calls_to_a_runtime_that_is_not_there_are_errors()
    {
        using var nothing = new CriRuntime("/nonexistent/containerd.sock", TimeProvider.System);
        var runtime = new MeasuredRuntime(nothing, _metrics.Runtime);
        var cancel = TestContext.Current.CancellationToken;

        await Assert.ThrowsAsync<RuntimeException>(() => runtime.VersionAsync(cancel));
        await Assert.ThrowsAsync<RuntimeException>(() => runtime.StartContainerAsync("a", cancel));
        await Assert.ThrowsAsync<RuntimeException>(() => runtime.RunPodSandboxAsync(new(), "gvisor", cancel));

        Shows(_registry, "kubelet_runtime_operations_total{operation_type=\"version\"} 1",
            "kubelet_runtime_operations_errors_total{operation_type=\"version\"} 1",
            "kubelet_runtime_operations_duration_seconds_count{operation_type=\"start_container\"} 1",
            "kubelet_runtime_operations_total{operation_type=\"run_podsandbox\"} 1",
            "kubelet_run_podsandbox_duration_seconds_count{runtime_handler=\"gvisor\"} 1",
            "kubelet_run_podsandbox_errors_total{runtime_handler=\"gvisor\"} 1");
    }

    [Fact]
    public async Task Call_that_succeeds_is_no_error()
    {
        await _metrics.Runtime.CallAsync("status", () =>
        {
            _time.Advance(TimeSpan.FromMilliseconds(10));
            return Task.FromResult(1);
        });

        Shows(_registry, "kubelet_runtime_operations_total{operation_type=\"status\"} 1",
            "kubelet_runtime_operations_duration_seconds_bucket{operation_type=\"status\",le=\"0.005\"} 0",
            "kubelet_runtime_operations_duration_seconds_bucket{operation_type=\"status\",le=\"0.0125\"} 1");
        Assert.DoesNotContain("errors_total{operation_type", TextOf(_registry), StringComparison.Ordinal);
    }

    [Fact]
    public void Probes_are_told_until_their_pod_is_gone()
    {
        var pod = new Pod
        {
            Metadata = new()
            {
                Name = "web-5d4f-x2", GenerateName = "web-5d4f-", Namespace = "shop", Uid = "u1",
                Labels = ValueMap.Of(("pod-template-hash", "5d4f")),
            },
            Spec = new() { Containers = [new() { Name = "c" }] },
        };
        var probes = _metrics.Probes;
        probes.Ran(pod, "c", "Readiness", ProbeOutcome.Failure, TimeSpan.FromSeconds(1));
        probes.Ran(pod, "c", "Readiness", ProbeOutcome.Success, TimeSpan.FromSeconds(2));
        probes.Ran(pod, "c", "Liveness", ProbeOutcome.Unknown, TimeSpan.FromSeconds(2));

        const string Of = "container=\"c\",pod=\"web-5d4f-x2\",namespace=\"shop\",pod_uid=\"u1\"";
        Shows(probes.Registry, $"prober_probe_total{{probe_type=\"Readiness\",result=\"failed\",{Of}}} 1",
            $"prober_probe_total{{probe_type=\"Readiness\",result=\"successful\",{Of}}} 1",
            $"prober_probe_total{{probe_type=\"Liveness\",result=\"unknown\",{Of}}} 1",
            "prober_probe_duration_seconds_sum{probe_type=\"Readiness\",container=\"c\",pod=\"web\","
                + "namespace=\"shop\"} 2");

        probes.Forget(pod);
        Assert.DoesNotContain("shop", TextOf(probes.Registry), StringComparison.Ordinal);
    }

    private static void Shows(MetricRegistry registry, params string[] lines)
    {
        var text = TextOf(registry);
        Assert.All(lines, line => Assert.Contains(line + "\n", text, StringComparison.Ordinal));
    }

    internal static string TextOf(MetricRegistry registry)
    {
        var output = new ArrayBufferWriter<byte>();
        registry.WriteTo(output);
        return Encoding.UTF8.GetString(output.WrittenSpan);
    }
}
