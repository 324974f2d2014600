using Netes.Api;
using Netes.Api.Core;
using Netes.Api.DynamicResources;
using Netes.Client;
using Netes.Tests.ControlPlane.Crashes;
using Netes.Tests.ControlPlane.ResourceClaims;
using Patch = Netes.Client.Patch;
using static Netes.Tests.ControlPlane.Objects;
using static Netes.Tests.ControlPlane.ResourceClaims.DeviceObjects;

namespace Netes.Tests.ControlPlane.Scheduler.Devices;

// The tests of Netes.Node are a namespace of that name.
using Node = Netes.Api.Core.Node;

/// <summary>
/// The scheduler dies around every write that it makes for pods that ask for devices by the name of a resource: each
/// gets its device and one claim in the end, and no claim is left of what came to nothing.
/// </summary>
public sealed class ExtendedResourceCrashTests
{
    private const string Gpu = "example.com/gpu";

    [Fact]
    public Task Claim_isMadeOnceAndNoneIsLeft() => CrashScenarios.LiveAsync(
        [ControllerLife.Scheduler, "resource-claim-controller", "generic-garbage-collector"], async (cluster, _) =>
        {
            await WorkloadTests.CreateNodeAsync(cluster, MakeNode("n1"));

            // What its own controller would do, which does not run.
            await cluster.Client.PatchAsync<Node>(
                "", "n1", Patch.Merge("""{"spec":{"taints":null} }"""), "", TestCluster.Cancel);
            await cluster.Client.CreateAsync(Class("gpus", Gpu), TestCluster.Cancel);
            await cluster.Client.CreateAsync(Slice("n1", NewDevice("a")), TestCluster.Cancel);
            await CreateAsync(cluster, "p");
            await BoundAsync(cluster, "p");
            await cluster.Client.DeleteAsync<Pod>(
                "default", "p", new() { GracePeriodSeconds = 0 }, TestCluster.Cancel);

            // It needs the very device, which no claim of the other one may keep.
            await CreateAsync(cluster, "q");
            await BoundAsync(cluster, "q");
        });

    private static Task CreateAsync(TestCluster cluster, string name)
    {
        var pod = Pod(name).Asking(Gpu);
        return cluster.Client.CreateAsync(
            pod with { Metadata = new() { Namespace = "default", Name = name }, Status = new() }, TestCluster.Cancel);
    }

    private static async Task BoundAsync(TestCluster cluster, string name)
    {
        var pod = (await cluster.WaitForAsync<Pod>(
            "default", name, item => item is { Spec.NodeName.Length: > 0 }))!;
        var claims = await cluster.WaitForListAsync<ResourceClaim>("default", list => list.Count == 1);
        Assert.Equal(pod.Status.ExtendedResourceClaimStatus?.ResourceClaimName, claims[0].Metadata.Name);
        Assert.Equal("a", claims[0].Status.Allocation!.Devices.Results[0].Device);
        Assert.Equal(pod.Metadata.Uid, Assert.Single(claims[0].Status.ReservedFor.ToArray()).Uid);
    }
}
