using Netes.EndToEnd.Clusters;
using Netes.EndToEnd.Tools;

namespace Netes.EndToEnd.Verbs;

/// <summary>The verbs that only look, with every kubectl.</summary>
public sealed class LookTests(TestCluster cluster)
{
    [Theory]
    [ClassData(typeof(KubectlVersions))]
    public async Task Cluster_says_what_it_has(string program)
    {
        var kubectl = await cluster.KubectlAsync(program);
        Assert.Contains(
            $"Kubernetes control plane is running at {cluster.Local.ApiServer()}\n",
            Plain(await kubectl.OutputAsync("cluster-info")), StringComparison.Ordinal);
        var versions = (await kubectl.OutputAsync("api-versions")).Split('\n');
        Assert.All(
            (string[])["v1", "apps/v1", "batch/v1", "policy/v1", "autoscaling/v2", "networking.k8s.io/v1"],
            version => Assert.Contains(version, versions));
        Assert.Matches(
            @"poddisruptionbudgets\s+pdb\s+policy/v1\s+true\s+PodDisruptionBudget",
            await kubectl.OutputAsync("api-resources", "--api-group=policy"));
        Assert.Equal(
            "Warning: v1 Endpoints is deprecated in v1.33+; use discovery.k8s.io/v1 EndpointSlice\n"
            + $"No resources found in {kubectl.Namespace} namespace.\n",
            (await kubectl.RunAsync("get", "endpoints")).Errors);
        Assert.Contains(
            "error: Metrics API not available", (await kubectl.RunAsync("top", "nodes")).MustFail(),
            StringComparison.Ordinal);
        Assert.Contains(
            "error: the server doesn't have a resource type \"nonsense\"",
            (await kubectl.RunAsync("get", "nonsense")).MustFail(), StringComparison.Ordinal);
    }

    [Theory]
    [ClassData(typeof(KubectlVersions))]
    public async Task Pod_is_run_waited_for_and_its_events_are_told(string program)
    {
        var kubectl = await cluster.KubectlAsync(program);
        Assert.Equal(
            "pod/box created\n",
            await kubectl.OutputAsync(
                "run", "box", $"--image={TestImage.Name}", "--image-pull-policy=Never", "--restart=Never", "--",
                "sh", "-c", "until test -f /tmp/end; do sleep 0.1; done"));
        Assert.Equal(
            "pod/box condition met\n",
            await kubectl.OutputAsync("wait", "--for=condition=Ready", "pod/box", "--timeout=120s"));
        Assert.Contains(
            "error: timed out waiting for the condition on pods/box",
            (await kubectl.RunAsync("wait", "--for=jsonpath={.status.phase}=Failed", "pod/box", "--timeout=2s"))
                .MustFail(), StringComparison.Ordinal);
        await kubectl.TouchToEndAsync("box", "/tmp/end");
        Assert.Equal(
            "pod/box condition met\n",
            await kubectl.OutputAsync("wait", "--for=jsonpath={.status.phase}=Succeeded", "pod/box", "--timeout=120s"));
        await kubectl.ShowsAsync(
            "events --for pod/box", @"LAST SEEN\s+TYPE\s+REASON\s+OBJECT\s+MESSAGE\n",
            $@"Normal\s+Scheduled\s+Pod/box\s+Successfully assigned {kubectl.Namespace}/box to ",
            @"Normal\s+Started\s+Pod/box\s");
        Assert.Equal(
            $"No events found in {kubectl.Namespace} namespace.\n",
            (await kubectl.RunAsync("events", "--types=Warning")).Errors);
        Assert.Equal("pod \"box\" deleted\n", await kubectl.OutputAsync("delete", "pod", "box"));
        Assert.Equal("", await kubectl.OutputAsync("wait", "--for=delete", "pod/box", "--timeout=60s"));
    }

    [Fact]
    public async Task Node_tells_how_pods_started()
    {
        var kubectl = await cluster.KubectlAsync();
        await kubectl.OutputAsync(
            "run", "told", $"--image={TestImage.Name}", "--image-pull-policy=Never", "--", "sleep", "1000");
        await kubectl.OutputAsync("wait", "--for=condition=Ready", "pod/told", "--timeout=60s");
        var node = await kubectl.OutputAsync("get", "pod", "told", "-o", "jsonpath={.spec.nodeName}");
        var path = $"/api/v1/nodes/{node}/proxy/metrics";
        var text = await Eventually.Async(
            "the start of a pod", () => kubectl.OutputAsync("get", "--raw", path),
            text => text.Contains("kubelet_pod_start_sli_duration_seconds_count ", StringComparison.Ordinal));
        foreach (var line in (string[])
        [
            "kubelet_pod_start_sli_duration_seconds_count [1-9]",
            "kubelet_runtime_operations_total{operation_type=\"run_podsandbox\"} [1-9]",
            "kubelet_certificate_manager_client_ttl_seconds [1-9]", "process_cpu_seconds_total [0-9]",
            $"kubelet_node_name{{node=\"{node}\"}} 1",
        ])
        {
            Assert.Matches("(?m)^" + line, text);
        }

        Assert.DoesNotContain("apiserver_request_total", text, StringComparison.Ordinal);
        Assert.DoesNotContain(
            "kubelet_", await kubectl.OutputAsync("get", "--raw", "/metrics"), StringComparison.Ordinal);
        Assert.Contains(
            "# TYPE prober_probe_total counter", await kubectl.OutputAsync("get", "--raw", path + "/probes"),
            StringComparison.Ordinal);
        Assert.Contains(
            "apiserver_admission_controller_admission_duration_seconds_count{name=\"ServiceAccount\"",
            await kubectl.OutputAsync("get", "--raw", "/metrics"), StringComparison.Ordinal);
        await kubectl.OutputAsync("delete", "pod", "told", "--grace-period=1");
    }

    // On a terminal it has colours, and it has them here, too.
    private static string Plain(string text) =>
        System.Text.RegularExpressions.Regex.Replace(text, "\u001b\\[[0-9;]*m", "");
}
