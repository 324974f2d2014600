using Netes.Api;
using Netes.Api.Core;
using Netes.Api.Telemetry;
using Netes.ControlPlane;
using Netes.Tests.ControlPlane.Crashes;
using static Netes.Tests.ControlPlane.Objects;
using static Netes.Tests.ControlPlane.WorkloadTests;
using Patch = Netes.Client.Patch;

namespace Netes.Tests.ControlPlane.PodGc;

/// <summary>Pods that nobody else deletes, on a real API server.</summary>
public sealed class PodGcTests
{
    private static readonly string[] _accounts = ["pod-garbage-collector"];

    [Fact]
    public Task PodsWithoutANode_FailAndGo() => CrashScenarios.LiveAsync(_accounts, async (cluster, _) =>
    {
        // A finalizer shows what became of them.
        await CreateAsync(cluster, "orphan", "missing");
        await CreateAsync(cluster, "bound-late", "");
        await CreateAsync(cluster, "nowhere", "");
        await cluster.Client.DeleteAsync<Pod>("default", "nowhere", null, TestCluster.Cancel);
        await cluster.Client.BindAsync(
            new Binding
            {
                Metadata = new() { Namespace = "default", Name = "bound-late" },
                Target = new() { Kind = "Node", Name = "missing-too" },
            },
            TestCluster.Cancel);
        foreach (var (name, why) in new (string, string?)[]
        {
            ("orphan", "DeletionByPodGC"), ("bound-late", "DeletionByPodGC"), ("nowhere", null),
        })
        {
            var pod = await cluster.WaitForAsync<Pod>("default", name, item => item is
            {
                Status.Phase: PodPhase.Failed, Metadata: { DeletionTimestamp: not null, DeletionGracePeriodSeconds: 0 },
            });
            Assert.Equal(why, Condition(pod, "DisruptionTarget")?.Reason);
            await cluster.Client.PatchAsync<Pod>("default", name, Patch.Merge(
                """{"metadata":{"finalizers":null}}"""), "", TestCluster.Cancel);
            await cluster.WaitForAsync<Pod>("default", name, item => item is null);
        }
    });

    [Fact]
    public Task EndingPodsOfANodeThatIsOff_Go() => CrashScenarios.LiveAsync(_accounts, async (cluster, _) =>
    {
        var node = MakeNode("n1");
        await CreateNodeAsync(cluster, node with
        {
            Status = node.Status with
            {
                Conditions = [new NodeCondition { Type = NodeConditionType.Ready, Status = "Unknown" }],
            },
        });
        await CreateAsync(cluster, "ending", "n1", held: false);
        await CreateAsync(cluster, "staying", "n1", held: false);
        await cluster.Client.DeleteAsync<Pod>("default", "ending", null, TestCluster.Cancel);
        await cluster.Client.PatchAsync<Netes.Api.Core.Node>("", "n1", Patch.Merge(
            """{"spec":{"taints":[{"key":"node.kubernetes.io/out-of-service","effect":"NoExecute"}]}}"""), "",
            TestCluster.Cancel);
        await cluster.WaitForAsync<Pod>("default", "ending", pod => pod is null);
        var staying = await cluster.Client.GetAsync<Pod>("default", "staying", TestCluster.Cancel);
        Assert.Null(staying.Metadata.DeletionTimestamp);
    });

    [Fact]
    public async Task Collected_AreCountedByReason()
    {
        var registry = new MetricRegistry();
        await using var cluster = await StartAsync(
            new() { RootCertificatePem = "pem", Metrics = registry, TerminatedPodThreshold = 1 });
        foreach (var name in new[] { "one", "two" })
        {
            await CreateAsync(cluster, name, "n1", held: false);
            await cluster.Client.PatchAsync<Pod>("default", name, Patch.Merge(
                """{"status":{"phase":"Succeeded"}}"""), "status", TestCluster.Cancel);
        }

        await cluster.WaitForListAsync<Pod>("default", pods => pods.Count == 1);
        Assert.Contains("pod_gc_collector_force_delete_pods_total{namespace=\"default\",reason=\"terminated\"} 1\n",
            Measured.Text(registry), StringComparison.Ordinal);
    }

    [Fact]
    public void Key_CanBeLogged()
    {
        Assert.Equal("node n1", new PodGcKey("n1", default).ToString());
        Assert.Equal("pod default/a", new PodGcKey("", new("default", "a")).ToString());
        Assert.Equal("finished pods", default(PodGcKey).ToString());
    }

    private static Task CreateAsync(TestCluster cluster, string name, string node, bool held = true)
    {
        var pod = ToCreate(Pod(name));
        return cluster.Client.CreateAsync(
            pod with
            {
                Metadata = pod.Metadata with { Finalizers = held ? ["example.com/held"] : default },
                Spec = pod.Spec with { NodeName = node },
            }, TestCluster.Cancel);
    }
}
