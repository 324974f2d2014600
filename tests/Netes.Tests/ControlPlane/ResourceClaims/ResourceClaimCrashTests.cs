using Netes.Api;
using Netes.Api.Core;
using Netes.Client;
using Netes.ControlPlane;
using Netes.Tests.ControlPlane.Crashes;
using static Netes.Tests.ControlPlane.Objects;
using static Netes.Tests.ControlPlane.ResourceClaims.DeviceObjects;

namespace Netes.Tests.ControlPlane.ResourceClaims;

/// <summary>
/// The controller of claims dies around every write that it makes: no claim is made twice, none stays.
/// </summary>
public sealed class ResourceClaimCrashTests
{
    [Fact]
    public Task Claim_isMadeOnceFreedAndTaken() => CrashScenarios.LiveAsync(
        ["resource-claim-controller"], async (cluster, _) =>
        {
            await cluster.Client.CreateAsync(Template("template"), TestCluster.Cancel);
            var mine = await cluster.Client.CreateAsync(
                Claim("mine") with { Metadata = new() { Namespace = "default", Name = "mine" } }, TestCluster.Cancel);
            await cluster.Client.CreateAsync(
                New(Pod("p").FromTemplate("gpu", "template").Using("mine")), TestCluster.Cancel);
            var pod = await cluster.WaitForAsync<Pod>(
                "default", "p", value => value?.Status.ResourceClaimStatuses.Count == 1);
            var name = pod!.Status.ResourceClaimStatuses[0].ResourceClaimName!;
            var made = await cluster.Client.GetAsync<ResourceClaim>("default", name, TestCluster.Cancel);
            Assert.Equal(pod.Metadata.Uid, Assert.Single(made.Metadata.OwnerReferences).Uid);
            foreach (var claim in new[] { mine, made })
            {
                await AllocateAsync(cluster, claim, pod);
            }

            await cluster.Client.UpdateStatusAsync(
                pod with { Status = pod.Status with { Phase = PodPhase.Succeeded } }, TestCluster.Cancel);
            var left = await cluster.WaitForListAsync<ResourceClaim>("default", claims =>
                claims.Count == 1 && claims[0].Status.Allocation is null);
            Assert.Equal("mine", left[0].Metadata.Name);
            Assert.Empty(left[0].Status.ReservedFor.ToArray());

            // The finalizer of a claim that is not allocated may stay, but does not keep it.
            await cluster.Client.DeleteAsync<ResourceClaim>("default", "mine", null, TestCluster.Cancel);
            await cluster.WaitForListAsync<ResourceClaim>("default", claims => claims.Count == 0);
        });

    private static Pod New(Pod pod) => pod with
    {
        Metadata = new() { Namespace = "default", Name = pod.Metadata.Name },
        Status = new(),
    };

    /// <summary>As the scheduler does it.</summary>
    private static async Task AllocateAsync(TestCluster cluster, ResourceClaim claim, Pod pod)
    {
        var kept = await cluster.Client.UpdateAsync(
            claim with { Metadata = claim.Metadata with { Finalizers = [PodResourceClaims.Finalizer] } },
            TestCluster.Cancel);
        await cluster.Client.UpdateStatusAsync(
            kept with
            {
                Status = new()
                {
                    ReservedFor = [PodResourceClaims.Consumer(pod)],
                    Allocation = new()
                    {
                        Devices = new()
                        {
                            Results = [new() { Request = "gpu", Driver = Driver, Pool = "n1", Device = "gpu-0" }],
                        },
                    },
                },
            },
            TestCluster.Cancel);
    }
}
