using Netes.Api;
using Netes.Api.Core;
using Netes.Api.DynamicResources;
using Netes.Client;
using Netes.Tests.ControlPlane.ResourceClaims;
using static Netes.Tests.ControlPlane.Objects;
using static Netes.Tests.ControlPlane.ResourceClaims.DeviceObjects;
using static Netes.Tests.ControlPlane.Scheduler.Devices.DeviceClusters;

namespace Netes.Tests.ControlPlane.Scheduler.Devices;

/// <summary>
/// Pods with claims on a real scheduler and real controllers, with two nodes, one of them with devices.
/// </summary>
public sealed class DynamicResourcesTests
{
    [Fact]
    public async Task PodsFromATemplate_getADeviceEachUntilThereIsNone()
    {
        await using var cluster = await StartAsync();
        await cluster.Client.CreateAsync(Template("template"), TestCluster.Cancel);
        foreach (var name in new[] { "p1", "p2" })
        {
            await CreateAsync(cluster, Pod(name).FromTemplate("gpu", "template"));
            Assert.Equal("n2", await NodeOfAsync(cluster, name));
        }

        var claims = (await cluster.Client.ListAsync<ResourceClaim>("default", null, TestCluster.Cancel)).Items;
        Assert.Equal(["a", "b"], claims.Select(claim => claim.Status.Allocation!.Devices.Results[0].Device).Order());
        Assert.All(claims, claim =>
        {
            Assert.StartsWith(Assert.Single(claim.Status.ReservedFor.ToArray()).Name, claim.Metadata.Name);
            Assert.Equal(["resource.kubernetes.io/delete-protection"], claim.Metadata.Finalizers.ToArray());
            Assert.NotNull(claim.Status.Allocation!.AllocationTimestamp);
        });
        await CreateAsync(cluster, Pod("p3").FromTemplate("gpu", "template"));
        await RefusedAsync(cluster, "p3",
            "0/2 nodes are available: 2 cannot allocate all claims. still not schedulable");

        // A device that comes free is the next one's.
        await cluster.Client.DeleteAsync<Pod>(
            "default", "p1", new() { GracePeriodSeconds = 0 }, TestCluster.Cancel);
        Assert.Equal("n2", await NodeOfAsync(cluster, "p3"));
    }

    [Fact]
    public async Task PodWithoutItsClaim_waitsForIt()
    {
        await using var cluster = await StartAsync();
        await CreateAsync(cluster, Pod("p").Using("mine"));
        await CreateAsync(cluster, Pod("other"));
        await NodeOfAsync(cluster, "other");
        await CreateClaimAsync(cluster, "mine");
        Assert.Equal("n2", await NodeOfAsync(cluster, "p"));

        // Another pod shares it, and goes where it is.
        await CreateAsync(cluster, Pod("q").Using("mine"));
        Assert.Equal("n2", await NodeOfAsync(cluster, "q"));
        var claim = await cluster.Client.GetAsync<ResourceClaim>("default", "mine", TestCluster.Cancel);
        Assert.Equal(["p", "q"], claim.Status.ReservedFor.Select(consumer => consumer.Name));
    }

    [Fact]
    public void PodWithoutItsClaim_isTurnedDownInKubernetesWords()
    {
        var plugin = Frameworks.Create().PreEnqueue.Single(plugin => plugin.Name == "DynamicResources");
        var pod = Pod("p").Using("mine");
        var status = plugin.PreEnqueue(pod);
        Assert.True(status!.IsRejected);
        Assert.Equal([$"could not find ResourceClaim \"{pod.Metadata.Namespace}/mine\""], status.Reasons);
    }

    [Fact]
    public async Task ClassThatIsNotThere_isWaitedFor()
    {
        await using var cluster = await StartAsync();
        await CreateClaimAsync(cluster, "mine", Request("nic", className: "nics"));
        await CreateAsync(cluster, Pod("p").Using("mine"));
        await RefusedAsync(cluster, "p",
            "0/2 nodes are available: request nic: device class nics does not exist. no new claims to deallocate");
        await cluster.Client.CreateAsync(Class("nics"), TestCluster.Cancel);
        Assert.Equal("n2", await NodeOfAsync(cluster, "p"));
    }

    [Fact]
    public async Task ClaimThatIsAllocatedWhereThePodCannotGo_isAllocatedElsewhere()
    {
        await using var cluster = await StartAsync();
        await CreateClaimAsync(cluster, "mine");
        await CreateAsync(cluster, Pod("p").Using("mine"));
        await NodeOfAsync(cluster, "p");
        var claim = await cluster.Client.GetAsync<ResourceClaim>("default", "mine", TestCluster.Cancel);

        // The pod goes, the allocation stays: as if its controller had not come to it yet.
        await cluster.Client.UpdateAsync(
            claim with { Metadata = claim.Metadata with { Finalizers = [] } }, TestCluster.Cancel);
        await cluster.Client.DeleteAsync<Pod>("default", "p", new() { GracePeriodSeconds = 0 }, TestCluster.Cancel);
        await cluster.WaitForAsync<ResourceClaim>(
            "default", "mine", value => value is { Status.ReservedFor.IsEmpty: true });
        await cluster.Client.CreateAsync(Slice("n1", NewDevice("z")), TestCluster.Cancel);
        var moved = Pod("q").Using("mine");
        await CreateAsync(cluster, moved with
        {
            Spec = moved.Spec with { NodeSelector = ValueMap.Of(("kubernetes.io/hostname", "n1")) },
        });
        Assert.Equal("n1", await NodeOfAsync(cluster, "q"));
        claim = await cluster.Client.GetAsync<ResourceClaim>("default", "mine", TestCluster.Cancel);
        Assert.Equal("z", claim.Status.Allocation!.Devices.Results[0].Device);
    }

    [Fact]
    public async Task DeviceThatMustBePrepared_isWaitedForBeforeThePodIsBound()
    {
        await using var cluster = await StartAsync(NewDevice("a") with
        {
            BindingConditions = ["ready"], BindingFailureConditions = ["failed"],
        });
        await CreateClaimAsync(cluster, "mine");
        await CreateAsync(cluster, Pod("p").Using("mine"));
        var claim = await cluster.WaitForAsync<ResourceClaim>(
            "default", "mine", value => value is { Status.ReservedFor.IsEmpty: false });
        Assert.Equal(["ready"], claim!.Status.Allocation!.Devices.Results[0].BindingConditions.ToArray());
        var pod = await cluster.Client.GetAsync<Pod>("default", "p", TestCluster.Cancel);
        Assert.Equal("", pod.Spec.NodeName);
        await cluster.Client.UpdateStatusAsync(
            claim with
            {
                Status = claim.Status with
                {
                    Devices =
                    [
                        new()
                        {
                            Driver = Driver,
                            Pool = "n2",
                            Device = "a",
                            Conditions =
                            [
                                new()
                                {
                                    Type = "ready", Status = "True", Reason = "Done",
                                    LastTransitionTime = Timestamp.From(Now),
                                },
                            ],
                        },
                    ],
                },
            },
            TestCluster.Cancel);
        Assert.Equal("n2", await NodeOfAsync(cluster, "p"));
    }
}
