using Netes.Api;
using Netes.Api.Apps;
using Netes.Api.Core;
using Netes.Api.Meta;
using static Netes.Tests.ControlPlane.Objects;
using static Netes.Tests.ControlPlane.WorkloadTests;
using Patch = Netes.Client.Patch;

namespace Netes.Tests.ControlPlane.DaemonSets;

/// <summary>The controller on a real API server; the test plays the nodes.</summary>
public sealed class DaemonSetTests
{
    [Fact]
    public async Task DaemonSet_RunsOnEachNodeAndRollsToANewTemplate()
    {
        await using var cluster = await StartAsync();
        await cluster.Client.CreateAsync(NewSet(), TestCluster.Cancel);
        await ReadyPodsAsync(cluster, "web:1", 2);
        await CreateNodeAsync(cluster, MakeNode("n3"));
        await ReadyPodsAsync(cluster, "web:1", 3);
        await CompleteAsync(cluster, 3);
        await cluster.Client.PatchAsync<DaemonSet>("default", "agent", Patch.Strategic(
            """{"spec":{"template":{"spec":{"containers":[{"name":"main","image":"web:2"}]}}}}"""), "",
            TestCluster.Cancel);
        await ReadyPodsAsync(cluster, "web:2", 3);
        await CompleteAsync(cluster, 3);
        var revisions = (await cluster.Client.ListAsync<ControllerRevision>("default", null, TestCluster.Cancel)).Items;
        Assert.Equal([1, 2], revisions.Select(revision => revision.Revision).Order());
        var pods = (await cluster.Client.ListAsync<Pod>("default", null, TestCluster.Cancel)).Items;
        Assert.All(pods, pod => Assert.Equal("2", pod.Metadata.Labels["pod-template-generation"]));
        Assert.Equal(["n1", "n2", "n3"], pods.Select(pod => pod.Spec.NodeName).Order());
        await cluster.WaitForListAsync<Event>("default", events => events.Any(item =>
            item.Reason == "SuccessfulCreate"
                && item.Message.StartsWith("Created pod: agent-", StringComparison.Ordinal)));
    }

    [Fact]
    public async Task TwoRevisionsOfOneTemplate_OneGoesAndThePodsStay()
    {
        await using var cluster = await StartAsync();
        await cluster.Client.CreateAsync(NewSet(), TestCluster.Cancel);
        await ReadyPodsAsync(cluster, "web:1", 2);
        await CompleteAsync(cluster, 2);
        var pods = (await cluster.Client.ListAsync<Pod>("default", null, TestCluster.Cancel)).Items;
        var revision = Assert.Single(
            (await cluster.Client.ListAsync<ControllerRevision>("default", null, TestCluster.Cancel)).Items);

        // Of a former version: it has no label yet, and gets its name as one.
        await cluster.Client.CreateAsync(revision with
        {
            Metadata = new()
            {
                Namespace = "default", Name = "agent-twin", Labels = ValueMap.Of(("app", "web")),
                OwnerReferences = revision.Metadata.OwnerReferences,
            },
            Revision = 7,
        }, TestCluster.Cancel);
        await cluster.WaitForListAsync<ControllerRevision>(
            "default", items => items is [{ Metadata.Name: "agent-twin" }]);
        var kept = await cluster.WaitForListAsync<Pod>("default", items =>
            items.All(pod => pod.Metadata.Labels["controller-revision-hash"] == "agent-twin"));
        Assert.Equal(
            pods.Select(pod => pod.Metadata.Uid).Order(), kept.Select(pod => pod.Metadata.Uid).Order());
    }

    [Fact]
    public async Task DaemonPodFails_ItIsMadeAnewAndTold()
    {
        await using var cluster = await StartAsync();
        await cluster.Client.CreateAsync(NewSet(), TestCluster.Cancel);
        await ReadyPodsAsync(cluster, "web:1", 2);
        var pod = (await cluster.Client.ListAsync<Pod>("default", null, TestCluster.Cancel)).Items[0];
        await cluster.Client.PatchAsync<Pod>("default", pod.Metadata.Name, Patch.Merge(
            """{"status":{"phase":"Failed"}}"""), "status", TestCluster.Cancel);
        var told =
            $"Found failed daemon pod default/{pod.Metadata.Name} on node {pod.Spec.NodeName}, will try to kill it";
        await cluster.WaitForListAsync<Event>("default", events => events.Any(item =>
            item is { Reason: "FailedDaemonPod", Type: "Warning" } && item.Message == told));
        await cluster.WaitForListAsync<Pod>("default", pods => pods.Count(other =>
            other.Spec.NodeName == pod.Spec.NodeName && other.Metadata.DeletionTimestamp is null
            && other.Metadata.Name != pod.Metadata.Name) == 1
                || pods.All(other => other.Metadata.Name != pod.Metadata.Name
            || other.Metadata.DeletionTimestamp is not null));
    }

    private static async Task CompleteAsync(TestCluster cluster, int nodes) =>
        await cluster.WaitForAsync<DaemonSet>("default", "agent", set => set is not null
            && set.Status.ObservedGeneration == set.Metadata.Generation
            && set.Status.DesiredNumberScheduled == nodes && set.Status.UpdatedNumberScheduled == nodes
            && set.Status.NumberAvailable == nodes && set.Status.NumberUnavailable == 0);

    private static DaemonSet NewSet() => new()
    {
        Metadata = new() { Namespace = "default", Name = "agent" },
        Spec = new()
        {
            Selector = new LabelSelector { MatchLabels = ValueMap.Of(("app", "web")) },
            Template = Deployment(1).Spec.Template,
        },
    };
}
