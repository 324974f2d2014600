using Netes.Api.Apps;
using static Netes.Tests.ControlPlane.WorkloadTests;
using Patch = Netes.Client.Patch;

namespace Netes.Tests.ControlPlane.Deployments;

/// <summary>The controller on a real API server.</summary>
public sealed class PausedDeploymentTests
{
    [Fact]
    public async Task PausedWithARollbackAskedFor_TheHistoryStays()
    {
        await using var cluster = await StartAsync();
        await cluster.Client.CreateAsync(NewDeployment(0), TestCluster.Cancel);
        await CompleteAsync(cluster, 0);
        Task<Deployment> PatchAsync(string patch) => cluster.Client.PatchAsync<Deployment>(
            "default", "web", Patch.Strategic(patch), "", TestCluster.Cancel);
        await PatchAsync("""{"spec":{"template":{"spec":{"containers":[{"name":"main","image":"web:2"}]}}}}""");
        await CompleteAsync(cluster, 0);
        await PatchAsync(
            """
            {"metadata":{"annotations":{"deprecated.deployment.rollback.to":"1"}},
            "spec":{"paused":true,"revisionHistoryLimit":0}}
            """);
        await cluster.WaitForAsync<Deployment>("default", "web", found => found is { Spec.Paused: true }
            && found.Status.ObservedGeneration == found.Metadata.Generation);
        Assert.Equal(2, (await cluster.Client.ListAsync<ReplicaSet>("default", null, TestCluster.Cancel)).Items.Count);
        await PatchAsync("""{"spec":{"paused":false}}""");
        await cluster.WaitForAsync<Deployment>(
            "default", "web", found => found?.Spec.Template.Spec.Containers[0].Image == "web:1");
    }
}
