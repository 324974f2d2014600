using Netes.Api;
using Netes.Api.Core;
using Netes.Api.Telemetry;
using Netes.ControlPlane;
using static Netes.Tests.ControlPlane.Objects;
using static Netes.Tests.ControlPlane.WorkloadTests;
using Patch = Netes.Client.Patch;

namespace Netes.Tests.ControlPlane.TaintEviction;

/// <summary>Taints that an administrator sets, on a real API server.</summary>
public sealed class TaintEvictionTests
{
    [Fact]
    public async Task PlansThatChange_AreTold()
    {
        var registry = new MetricRegistry();
        await using var cluster = await StartAsync(new() { RootCertificatePem = "pem", Metrics = registry });
        await RunAsync(cluster, "planned", PodPhase.Running, new Toleration
        {
            Key = "upkeep", Operator = "Exists", Effect = "NoExecute", TolerationSeconds = 3600,
        });
        await RunAsync(cluster, "gone", PodPhase.Running, new Toleration
        {
            Key = "upkeep", Operator = "Exists", Effect = "NoExecute", TolerationSeconds = 3600,
        });
        await RunAsync(cluster, "done", PodPhase.Succeeded);
        await TaintAsync(cluster, "upkeep");

        // What has ended goes as well.
        await cluster.WaitForAsync<Pod>("default", "done", pod => pod is null);
        await ToldAsync(cluster, "done", "Marking for deletion Pod default/done");
        await cluster.Client.DeleteAsync<Pod>("default", "gone", new() { GracePeriodSeconds = 0 }, TestCluster.Cancel);
        await ToldAsync(cluster, "gone", "Cancelling deletion of Pod default/gone");
        await TaintAsync(cluster, "outage");
        await ToldAsync(cluster, "planned", "Cancelling deletion of Pod default/planned");
        await ToldAsync(cluster, "planned", "Marking for deletion Pod default/planned");
        await cluster.WaitForAsync<Pod>("default", "planned", pod => pod is { Metadata.DeletionTimestamp: not null });
        var text = Measured.Text(registry);
        Assert.Contains("taint_eviction_controller_pod_deletion_duration_seconds_bucket{le=\"240\"} ", text,
            StringComparison.Ordinal);
        Assert.Matches("taint_eviction_controller_pod_deletions_total [12]\n", text);
    }

    [Fact]
    public async Task PatchOfAnotherPodOfTheName_IsRefused()
    {
        await using var cluster = await StartAsync();
        await RunAsync(cluster, "a", PodPhase.Running);
        var pod = await cluster.Client.GetAsync<Pod>("default", "a", TestCluster.Cancel);
        var other = pod with { Metadata = pod.Metadata with { Uid = "of-an-earlier-pod" } };
        var refusal = await Assert.ThrowsAsync<ApiException>(() => cluster.Client.PatchAsync<Pod>(
            "default", "a", PodStatusPatches.Of(other, PodPhase.Failed, null), "status", TestCluster.Cancel));
        Assert.True(refusal.IsConflict || refusal.IsInvalid, refusal.Message);
        await cluster.Client.PatchAsync<Pod>(
            "default", "a", PodStatusPatches.Of(pod, PodPhase.Failed, null), "status", TestCluster.Cancel);
    }

    private static async Task RunAsync(TestCluster cluster, string name, string phase, params Toleration[] tolerations)
    {
        var pod = ToCreate(Pod(name));
        await cluster.Client.CreateAsync(
            pod with { Spec = pod.Spec with { NodeName = "n1", Tolerations = [.. tolerations] } }, TestCluster.Cancel);
        await cluster.Client.PatchAsync<Pod>("default", name, Patch.Merge(
            $$$"""{"status":{"phase":"{{{phase}}}"}}"""), "status", TestCluster.Cancel);
    }

    private static Task TaintAsync(TestCluster cluster, string key) => cluster.Client.PatchAsync<Netes.Api.Core.Node>(
        "", "n1", Patch.Merge($$$"""{"spec":{"taints":[{"key":"{{{key}}}","effect":"NoExecute"}]}}"""), "",
        TestCluster.Cancel);

    private static Task ToldAsync(TestCluster cluster, string pod, string message) =>
        cluster.WaitForListAsync<Event>("default", items => items.Any(item =>
            item.InvolvedObject.Name == pod && item.Reason == "TaintManagerEviction" && item.Message == message));
}
