using Netes.Api;
using Netes.Api.Core;
using Netes.Api.DynamicResources;
using Netes.Api.Meta;
using Netes.Client;
using Netes.Tests.ControlPlane.ResourceClaims;
using static Netes.Tests.ControlPlane.Objects;
using static Netes.Tests.ControlPlane.ResourceClaims.DeviceObjects;
using static Netes.Tests.ControlPlane.Scheduler.Devices.DeviceClusters;

namespace Netes.Tests.ControlPlane.Scheduler.Devices;

/// <summary>Pods that ask for devices by the name of a resource, on a real scheduler and real controllers.</summary>
public sealed class ExtendedResourcesTests
{
    private const string Gpu = "example.com/gpu";

    [Fact]
    public async Task PodThatAsks_getsDevicesAndAClaimOfItsOwn()
    {
        await using var cluster = await StartAsync();
        await CreateAsync(cluster, Pod("p").Asking(Gpu));
        await RefusedAsync(cluster, "p", $"0/2 nodes are available: 2 Insufficient {Gpu}.");

        // The class that stands for the resource is what the pod waits for.
        await cluster.Client.CreateAsync(Class("fast", Gpu), TestCluster.Cancel);
        Assert.Equal("n2", await NodeOfAsync(cluster, "p"));
        var pod = await cluster.Client.GetAsync<Pod>("default", "p", TestCluster.Cancel);
        var claim = Assert.Single(await ClaimsAsync(cluster));
        Assert.StartsWith("p-extended-resources-", claim.Metadata.Name, StringComparison.Ordinal);
        Assert.Equal("true", claim.Metadata.Annotations["resource.kubernetes.io/extended-resource-claim"]);
        Assert.Equal(["resource.kubernetes.io/delete-protection"], claim.Metadata.Finalizers.ToArray());
        Assert.Equal(
            new OwnerReference
            {
                ApiVersion = "v1", Kind = "Pod", Name = "p", Uid = pod.Metadata.Uid, Controller = true,
            },
            Assert.Single(claim.Metadata.OwnerReferences.ToArray()));
        Assert.Equal(
            Request("container-0-request-0", className: "fast"), Assert.Single(claim.Spec.Devices.Requests.ToArray()));
        Assert.Equal("container-0-request-0", claim.Status.Allocation!.Devices.Results[0].Request);
        Assert.Equal(pod.Metadata.Uid, Assert.Single(claim.Status.ReservedFor.ToArray()).Uid);
        Assert.Equal(
            new PodExtendedResourceClaimStatus
            {
                RequestMappings =
                [
                    new()
                    {
                        ContainerName = pod.Spec.Containers[0].Name, ResourceName = Gpu,
                        RequestName = "container-0-request-0",
                    },
                ],
                ResourceClaimName = claim.Metadata.Name,
            },
            pod.Status.ExtendedResourceClaimStatus);
    }

    [Fact]
    public async Task DevicesThatAreTaken_areWaitedFor()
    {
        await using var cluster = await StartAsync();
        const string implicitName = "deviceclass.resource.kubernetes.io/gpus";
        await CreateAsync(cluster, Pod("p").Asking(implicitName, 2));
        Assert.Equal("n2", await NodeOfAsync(cluster, "p"));
        await CreateAsync(cluster, Pod("q").Asking(implicitName));
        await RefusedAsync(cluster, "q",
            "0/2 nodes are available: 2 cannot allocate all claims. still not schedulable, preemption: 0/2 nodes are "
            + "available: 2 Preemption is not helpful for scheduling.");
        await cluster.Client.DeleteAsync<Pod>("default", "p", new() { GracePeriodSeconds = 0 }, TestCluster.Cancel);
        Assert.Equal("n2", await NodeOfAsync(cluster, "q"));
        await cluster.WaitForListAsync<ResourceClaim>("default", claims =>
            claims.Count == 1 && claims[0].Metadata.Name.StartsWith("q-", StringComparison.Ordinal));

        // Nor is the claim of a pod that is done kept.
        await cluster.Client.UpdateStatusAsync(
            await cluster.Client.GetAsync<Pod>("default", "q", TestCluster.Cancel) is var done
                ? done with { Status = done.Status with { Phase = PodPhase.Succeeded } }
                : done,
            TestCluster.Cancel);
        await cluster.WaitForListAsync<ResourceClaim>("default", claims => claims.Count == 0);
    }

    [Fact]
    public async Task NodeThatHasTheResourceItself_isUsedAsBefore()
    {
        await using var cluster = await StartAsync();
        await cluster.Client.CreateAsync(Class("fast", Gpu), TestCluster.Cancel);
        var node = MakeNode("n3");
        await WorkloadTests.CreateNodeAsync(cluster, node with
        {
            Status = node.Status with { Allocatable = node.Status.Allocatable.Set(Gpu, Quantity.FromValue(1)) },
        });
        await CreateAsync(cluster, Pod("p").Asking(Gpu) is var pod
            ? pod with
            {
                Spec = pod.Spec with { NodeSelector = ValueMap.Of(("kubernetes.io/hostname", "n3")) },
            }
            : pod);
        Assert.Equal("n3", await NodeOfAsync(cluster, "p"));
        Assert.Empty(await ClaimsAsync(cluster));

        // One that the node has no more of is not taken from devices there: it has a plugin for it.
        await CreateAsync(cluster, Pod("q").Asking(Gpu, 2));
        Assert.Equal("n2", await NodeOfAsync(cluster, "q"));
        Assert.Single(await ClaimsAsync(cluster));
    }

    [Fact]
    public async Task PodWithAClaimOfItsOwnToo_getsBoth()
    {
        await using var cluster = await StartAsync();
        await CreateClaimAsync(cluster, "mine");
        await cluster.Client.CreateAsync(Class("fast", Gpu), TestCluster.Cancel);
        await CreateAsync(cluster, Pod("p").Asking(Gpu).Using("mine"));
        Assert.Equal("n2", await NodeOfAsync(cluster, "p"));
        var claims = await ClaimsAsync(cluster);
        Assert.Equal(["a", "b"], claims.Select(claim => claim.Status.Allocation!.Devices.Results[0].Device).Order());

        // The claim that the pod names stays when the pod goes, the other one does not.
        await cluster.Client.DeleteAsync<Pod>("default", "p", new() { GracePeriodSeconds = 0 }, TestCluster.Cancel);
        await cluster.WaitForListAsync<ResourceClaim>("default", left =>
            left.Count == 1 && left[0] is { Metadata.Name: "mine", Status.Allocation: null });
    }

    [Fact]
    public async Task ClaimThatAnEarlierTryLeft_isDeletedFirst()
    {
        await using var cluster = await StartAsync();
        await CreateAsync(cluster, Pod("p").Asking(Gpu));
        await RefusedAsync(cluster, "p", $"0/2 nodes are available: 2 Insufficient {Gpu}.");
        var pod = await cluster.Client.GetAsync<Pod>("default", "p", TestCluster.Cancel);
        var left = await cluster.Client.CreateAsync(
            Claim("left", Request("container-0-request-0", className: "fast")) with
            {
                Metadata = new()
                {
                    Namespace = "default",
                    Name = "left",
                    Annotations = ValueMap.Of(("resource.kubernetes.io/extended-resource-claim", "true")),
                    Finalizers = ["resource.kubernetes.io/delete-protection"],
                    OwnerReferences = [ObjectReferences.Controller(pod)],
                },
            },
            TestCluster.Cancel);

        // A claim that comes later is used: the scheduler knows what was left, too.
        await CreateClaimAsync(cluster, "mine");
        await CreateAsync(cluster, Pod("q").Using("mine"));
        await NodeOfAsync(cluster, "q");
        await cluster.Client.CreateAsync(Class("fast", Gpu), TestCluster.Cancel);
        Assert.Equal("n2", await NodeOfAsync(cluster, "p"));
        var claim = Assert.Single(await ClaimsAsync(cluster), one => one.Metadata.Name != "mine");
        Assert.NotEqual(left.Metadata.Uid, claim.Metadata.Uid);
        Assert.NotNull(claim.Status.Allocation);
    }

    private static async Task<IReadOnlyList<ResourceClaim>> ClaimsAsync(TestCluster cluster) =>
        [.. (await cluster.Client.ListAsync<ResourceClaim>("default", null, TestCluster.Cancel)).Items];
}
