using Netes.Api.Core;
using Netes.Nodes.Pods;

namespace Netes.Tests.Node.Pods;

public sealed class ClaimedDevicesTests
{
    [Fact]
    public void PodThatClaimsDevices_isNotStartedWithoutThem()
    {
        Assert.Equal("", ClaimedDevices.WhyNotPrepared(Claiming()));
        Assert.Equal(
            "Failed to prepare dynamic resources: prepare dynamic resources: ResourceClaim default/mine: no DRA driver "
            + "is registered on this node",
            ClaimedDevices.WhyNotPrepared(Claiming(new PodResourceClaim { Name = "gpu", ResourceClaimName = "mine" })));
        var made = Claiming(new PodResourceClaim { Name = "gpu", ResourceClaimTemplateName = "template" });
        Assert.EndsWith("ResourceClaim not created yet", ClaimedDevices.WhyNotPrepared(made));
        Assert.Contains("ResourceClaim default/p-gpu-x", ClaimedDevices.WhyNotPrepared(made with
        {
            Status = new() { ResourceClaimStatuses = [new() { Name = "gpu", ResourceClaimName = "p-gpu-x" }] },
        }));

        // The status may say that no claim is needed.
        Assert.Equal("", ClaimedDevices.WhyNotPrepared(made with
        {
            Status = new() { ResourceClaimStatuses = [new() { Name = "gpu" }] },
        }));
    }

    private static Pod Claiming(params Netes.Api.ValueList<PodResourceClaim> claims) => new()
    {
        Metadata = new() { Namespace = "default", Name = "p" },
        Spec = new() { ResourceClaims = claims },
    };
}
