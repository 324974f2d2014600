using Netes.Api;
using Netes.Api.Core;
using Netes.ControlPlane;
using Netes.Tests.ControlPlane.Crashes;
using static Netes.Tests.ControlPlane.Objects;
using static Netes.Tests.ControlPlane.WorkloadTests;
using Patch = Netes.Client.Patch;

namespace Netes.Tests.ControlPlane.NodeLifecycle;

// The tests of Netes.Node are a namespace of that name.
using Node = Netes.Api.Core.Node;

/// <summary>The controllers of nodes on a real API server; the test plays the nodes.</summary>
public sealed class NodeLifecycleTests
{
    private static readonly string[] _accounts = ["node-controller"];

    [Fact]
    public async Task NodeThatSaysItIsNotReady_SpeaksForItsPods()
    {
        await using var cluster = await StartAsync(new HastyTime(20));
        cluster.Run(cancel => RenewAsync(cluster, "speaks", cancel));
        await CreateNodeAsync(cluster, Saying("speaks", "False"));
        await cluster.WaitForAsync<Node>("", "speaks", node => Taints(node) == "not-ready:NoSchedule");
        await RunPodAsync(cluster, "heard", "speaks");
        await CreateNodeAsync(cluster, MakeNode("silent"));
        await RunPodAsync(cluster, "unheard", "silent");

        // When the silent node's pod is told of, the other node was looked at long ago.
        await cluster.WaitForAsync<Pod>("default", "unheard", pod => Condition(pod, "Ready")?.Status == "False");
        await cluster.WaitForListAsync<Event>("default", items =>
            items.Any(item => item is { InvolvedObject.Name: "unheard", Reason: "NodeNotReady" })
            && items.Any(item => item is { InvolvedObject.Name: "silent", Reason: "NodeNotReady" }
                && item.Message == "Node silent status is now: NodeNotReady"));
        var pod = await cluster.Client.GetAsync<Pod>("default", "heard", TestCluster.Cancel);
        Assert.Equal("True", Condition(pod, "Ready")!.Status);
        var events = await cluster.Client.ListAsync<Event>("default", null, TestCluster.Cancel);
        Assert.DoesNotContain(events.Items, item => item is { InvolvedObject.Name: "speaks", Reason: "NodeNotReady" });

        // It came to a node that is silent already.
        await RunPodAsync(cluster, "late", "silent");
        await cluster.WaitForAsync<Pod>("default", "late", item => Condition(item, "Ready")?.Status == "False");
    }

    [Fact]
    public async Task NodeThatNeverSpoke_HasHadItsTimeSinceItWasMade()
    {
        await using var cluster = await StartAsync(new HastyTime(1, TimeSpan.FromHours(1)));
        await cluster.Client.CreateAsync(new Node { Metadata = new() { Name = "n1" } }, TestCluster.Cancel);
        var node = await cluster.WaitForAsync<Node>("", "n1", item => item is not null
            && NodeHealth.Ready(item)?.Reason == "NodeStatusNeverUpdated");
        Assert.Equal(["Ready", "MemoryPressure", "DiskPressure", "PIDPressure"],
            node!.Status.Conditions.Select(condition => condition.Type));
    }

    [Fact]
    public async Task LabelsOfOldNames_FollowTheNew()
    {
        await using var cluster = await StartAsync(new HastyTime(1));
        await CreateNodeAsync(cluster, Labelled(MakeNode("n1"),
            ("kubernetes.io/os", "linux"), ("beta.kubernetes.io/os", "windows"), ("kubernetes.io/arch", "arm64")));
        await cluster.WaitForAsync<Node>("", "n1", node => node!.Metadata.Labels.Get("beta.kubernetes.io/os") == "linux"
            && node.Metadata.Labels.Get("beta.kubernetes.io/arch") == "arm64");
    }

    [Fact]
    public void LabelsThatAgree_StayAsTheyAre()
    {
        var node = Labelled(MakeNode("n1"), ("kubernetes.io/os", "linux"), ("beta.kubernetes.io/os", "linux"),
            ("beta.kubernetes.io/arch", "amd64"));
        Assert.Equal(node.Metadata.Labels, NodeLabels.Wanted(node));
    }

    /// <summary>
    /// The node does not count when it is judged whether all are down, so that its pods are driven out although it is
    /// the only one.
    /// </summary>
    [Fact]
    public Task SilentNode_isTaintedOnceAndItsPodsGo() => CrashScenarios.LiveAsync(_accounts, async (cluster, _) =>
    {
        await CreateNodeAsync(cluster, Labelled(MakeNode("n1"), ("node.kubernetes.io/exclude-disruption", "")));
        await RunPodAsync(cluster, "patient", "n1", seconds: 100_000);
        await RunPodAsync(cluster, "impatient", "n1", seconds: 1);
        var gone = await cluster.WaitForAsync<Pod>(
            "default", "impatient", pod => pod is { Metadata.DeletionTimestamp: not null });
        Assert.Equal("DeletionByTaintManager", Condition(gone, "DisruptionTarget")?.Reason);
        await cluster.WaitForAsync<Pod>("default", "patient", pod => Condition(pod, "Ready")?.Status == "False");
        var node = await cluster.WaitForAsync<Node>(
            "", "n1", item => Taints(item) == "unreachable:NoExecute unreachable:NoSchedule");
        Assert.True(NodeHealth.IsUnknown(node!));
        Assert.Equal(4, node!.Status.Conditions.Count);
    });

    internal static async Task RunPodAsync(TestCluster cluster, string name, string node, long? seconds = null)
    {
        var pod = ToCreate(Pod(name));
        var toleration = new Toleration
        {
            Key = "node.kubernetes.io/unreachable",
            Operator = "Exists",
            Effect = "NoExecute",
            TolerationSeconds = seconds,
        };
        await cluster.Client.CreateAsync(
            pod with { Spec = pod.Spec with { NodeName = node, Tolerations = [toleration] } }, TestCluster.Cancel);
        await cluster.Client.PatchAsync<Pod>("default", name, Patch.Strategic(
            """{"status":{"phase":"Running","conditions":[{"type":"Ready","status":"True"}]}}"""), "status",
            TestCluster.Cancel);
    }

    private static Node Saying(string name, string status)
    {
        var node = MakeNode(name);
        return node with
        {
            Status = node.Status with
            {
                Conditions = [new NodeCondition { Type = NodeConditionType.Ready, Status = status }],
            },
        };
    }

    private static Node Labelled(Node node, params (string, string)[] labels) =>
        node with { Metadata = node.Metadata with { Labels = ValueMap.Of(labels) } };

    private static string Taints(Node? node) => string.Join(' ', (node?.Spec.Taints ?? default)
        .Select(taint => $"{taint.Key["node.kubernetes.io/".Length..]}:{taint.Effect}")
        .Order(StringComparer.Ordinal));

    private static async Task<TestCluster> StartAsync(TimeProvider time)
    {
        var cluster = await TestCluster.StartAsync();
        await cluster.Client.CreateAsync(
            new ServiceAccount { Metadata = new() { Namespace = "default", Name = "default" } }, TestCluster.Cancel);
        cluster.Run(new ControllerLife(cluster, _accounts, time).RunAsync);
        return cluster;
    }
}
