using Netes.Api;
using Netes.Api.Core;
using Netes.Api.Policy;
using Netes.Client;
using static Netes.Tests.ControlPlane.Objects;
using static Netes.Tests.ControlPlane.WorkloadTests;

namespace Netes.Tests.ControlPlane.ReplicationControllers;

/// <summary>The controller on a real API server.</summary>
public sealed class ReplicationManagerTests
{
    [Fact]
    public async Task ReplicationController_adoptsCreatesReleasesAndScalesDown()
    {
        await using var cluster = await StartAsync();
        await cluster.Client.CreateAsync(ToCreate(Pod("orphan")), TestCluster.Cancel);

        // A budget counts pods as the controllers' cache shows them: it has the orphan before somebody may adopt it.
        await cluster.Client.CreateAsync(
            new PodDisruptionBudget
            {
                Metadata = new() { Namespace = "default", Name = "web" },
                Spec = new() { MinAvailable = 1, Selector = new() { MatchLabels = ValueMap.Of(("app", "web")) } },
            },
            TestCluster.Cancel);
        await cluster.WaitForAsync<PodDisruptionBudget>(
            "default", "web", budget => budget!.Status.ExpectedPods == 1);
        await cluster.Client.CreateAsync(NewController(2), TestCluster.Cancel);
        var pods = await cluster.WaitForListAsync<Pod>("default", items => items.Count(IsOwned) == 2);
        Assert.Contains(pods, pod => pod.Metadata.Name == "orphan" && IsOwned(pod));
        await cluster.Client.PatchAsync<Pod>(
            "default", "orphan", Patch.Merge("""{"metadata":{"labels":{"app":"other"}}}"""), "", TestCluster.Cancel);
        pods = await cluster.WaitForListAsync<Pod>(
            "default", items => items.Count == 3 && items.Count(IsOwned) == 2);
        Assert.False(IsOwned(pods.Single(pod => pod.Metadata.Name == "orphan")));
        await cluster.Client.PatchAsync<ReplicationController>(
            "default", "web", Patch.Merge("""{"spec":{"replicas":0}}"""), "", TestCluster.Cancel);
        await cluster.WaitForAsync<ReplicationController>("default", "web", controller =>
            controller!.Status.Replicas == 0
            && controller.Status.ObservedGeneration == controller.Metadata.Generation);
        await cluster.WaitForListAsync<Event>("default", events =>
            events.Any(item => item is { Reason: "SuccessfulCreate", InvolvedObject.Kind: "ReplicationController" }
                && item.Source.Component == "replication-controller")
            && events.Any(item => item.Reason == "SuccessfulDelete"));
    }

    [Fact]
    public async Task PodsAreRefused_conditionTellsIt()
    {
        await using var cluster = await StartAsync();
        await cluster.Client.CreateAsync(
            new ResourceQuota
            {
                Metadata = new() { Namespace = "default", Name = "none" },
                Spec = new() { Hard = ValueMap.Of(("pods", Quantity.FromValue(0))) },
            },
            TestCluster.Cancel);
        await cluster.WaitForAsync<ResourceQuota>("default", "none", quota => quota!.Status.Hard.Count == 1);
        await cluster.Client.CreateAsync(NewController(1), TestCluster.Cancel);
        var controller = await cluster.WaitForAsync<ReplicationController>(
            "default", "web", item => item is { Status.Conditions.Count: 1 });
        var condition = controller!.Status.Conditions[0];
        Assert.Equal(("ReplicaFailure", "True", "FailedCreate"), (condition.Type, condition.Status, condition.Reason));
        Assert.Contains("exceeded quota", condition.Message, StringComparison.Ordinal);
    }

    private static bool IsOwned(Pod pod) =>
        ObjectReferences.ControllerOf(pod.Metadata) is { Kind: "ReplicationController", Name: "web" };

    private static ReplicationController NewController(int replicas) => new()
    {
        Metadata = new() { Namespace = "default", Name = "web" },
        Spec = new()
        {
            Replicas = replicas,
            Selector = ValueMap.Of(("app", "web")),
            Template = Deployment(1).Spec.Template,
        },
    };
}
