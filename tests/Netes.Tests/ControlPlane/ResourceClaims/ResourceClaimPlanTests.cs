using Netes.Api;
using Netes.Api.Core;
using Netes.Api.DynamicResources;
using Netes.Client;
using Netes.ControlPlane;
using static Netes.Tests.ControlPlane.Objects;
using static Netes.Tests.ControlPlane.ResourceClaims.DeviceObjects;

namespace Netes.Tests.ControlPlane.ResourceClaims;

public sealed class ResourceClaimPlanTests
{
    [Fact]
    public void PodWithATemplate_needsWorkUntilItsClaimIsThere()
    {
        var pod = Pod("p").FromTemplate("gpu", "template");
        Assert.True(ResourceClaimPlan.NeedsWork(pod, _ => null));
        pod = pod with { Status = pod.Status with { ResourceClaimStatuses = [Told("gpu", "p-gpu-x")] } };
        Assert.True(ResourceClaimPlan.NeedsWork(pod, _ => null));
        var claim = Claim("p-gpu-x");
        Assert.False(ResourceClaimPlan.NeedsWork(pod, _ => claim));
        claim = claim with { Metadata = claim.Metadata with { OwnerReferences = [ObjectReferences.Controller(pod)] } };
        Assert.False(ResourceClaimPlan.NeedsWork(pod, _ => claim));
        claim = claim with { Status = new() { Allocation = new() } };
        Assert.False(ResourceClaimPlan.NeedsWork(pod, _ => claim));
        Assert.True(ResourceClaimPlan.NeedsWork(pod with { Spec = pod.Spec with { NodeName = "n1" } }, _ => claim));
        Assert.False(ResourceClaimPlan.NeedsWork(
            pod with { Metadata = pod.Metadata with { DeletionTimestamp = Timestamp.From(Now) } }, _ => null));
    }

    /// <summary>Others may still have the claim: what a pod that is over gets is taken away again at once.</summary>
    [Fact]
    public void PodThatIsDone_needsNeitherClaimNorReservation()
    {
        var pod = Pod("p").Using("mine");
        pod = pod with { Spec = pod.Spec with { NodeName = "n1" } };
        var claim = Claim("mine") with { Status = new() { Allocation = new() } };
        Assert.True(ResourceClaimPlan.NeedsWork(pod, _ => claim));
        Assert.True(ResourceClaimPlan.NeedsReservation(pod, claim));
        pod = pod with { Status = pod.Status with { Phase = PodPhase.Succeeded } };
        Assert.False(ResourceClaimPlan.NeedsWork(pod, _ => claim));
        Assert.False(ResourceClaimPlan.NeedsReservation(pod, claim));
        Assert.False(ResourceClaimPlan.NeedsWork(pod.FromTemplate("gpu", "template"), _ => null));
    }

    [Fact]
    public void PodWithAClaimOfTheUsers_waitsForTheUser() =>
        Assert.False(ResourceClaimPlan.NeedsWork(Pod("p").Using("mine"), _ => null));

    [Fact]
    public void LongNames_loseFromBoth()
    {
        Assert.Equal("p-gpu-", ResourceClaimPlan.NameBase("p", "gpu"));
        var name = ResourceClaimPlan.NameBase(new string('p', 60), new string('c', 30));
        Assert.Equal($"{new string('p', 37)}-{new string('c', 18)}", name);
    }

    [Fact]
    public void ClaimThatWasMadeBefore_isFoundByItsAnnotation()
    {
        var pod = Pod("p").FromTemplate("gpu", "template");
        var made = ResourceClaimPlan.FromTemplate(pod, "gpu", Template("template"));
        Assert.Equal("gpu", made.Metadata.Annotations["resource.kubernetes.io/pod-claim-name"]);
        Assert.Same(made, ResourceClaimPlan.Made(pod, "gpu", [Claim("other"), made]));
        Assert.Null(ResourceClaimPlan.Made(pod, "nic", [made]));
        Assert.Null(ResourceClaimPlan.Made(
            pod with { Metadata = pod.Metadata with { Uid = "another" } }, "gpu", [made]));
    }

    [Fact]
    public void LastReservationGone_deallocatesWhatTheSchedulerAllocated()
    {
        var claim = Claim("c") with { Status = new() { Allocation = new() } };
        Assert.NotNull(ResourceClaimPlan.Release(claim, []).Status.Allocation);
        claim = claim with { Metadata = claim.Metadata with { Finalizers = [PodResourceClaims.Finalizer] } };
        Assert.NotNull(ResourceClaimPlan.Release(claim, [PodResourceClaims.Consumer(Pod("p"))]).Status.Allocation);
        Assert.Null(ResourceClaimPlan.Release(claim, []).Status.Allocation);
    }

    private static PodResourceClaimStatus Told(string name, string claim) =>
        new() { Name = name, ResourceClaimName = claim };
}
