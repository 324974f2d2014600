using Netes.Api.Apps;
using Netes.Api.Core;
using Netes.Api.Meta;
using Netes.ControlPlane;
using static Netes.Tests.ControlPlane.Objects;

namespace Netes.Tests.ControlPlane.StatefulSets;

public sealed class ClaimRetentionTests
{
    [Theory]
    [InlineData("Retain", "Retain", "web-0", "")]
    [InlineData("Delete", "Retain", "web-0", "StatefulSet/web")]
    [InlineData("Delete", "Retain", "web-1", "StatefulSet/web")]
    [InlineData("Retain", "Delete", "web-0", "")]
    [InlineData("Retain", "Delete", "web-1", "Pod/web-1")]
    [InlineData("Delete", "Delete", "web-0", "StatefulSet/web")]
    [InlineData("Delete", "Delete", "web-1", "Pod/web-1")]
    public void Policy_saysWhoOwnsAClaim(string whenDeleted, string whenScaled, string pod, string owner)
    {
        var set = Set(whenDeleted, whenScaled);
        foreach (var former in new[] { "", "StatefulSet/web", $"Pod/{pod}" })
        {
            var claim = ClaimRetention.Apply(Claim(former, set, pod), set, Pod(pod));
            Assert.Equal(owner, string.Join(',', claim.Metadata.OwnerReferences.Select(o => $"{o.Kind}/{o.Name}")));
            Assert.True(ClaimRetention.IsUpToDate(claim, set, Pod(pod)));
            Assert.Equal(owner == former, ClaimRetention.IsUpToDate(Claim(former, set, pod), set, Pod(pod)));
        }
    }

    [Fact]
    public void AnotherController_keepsTheClaim()
    {
        var set = Set("Delete", "Delete");
        var claim = Claim("StatefulSet/web", set, "web-0");
        claim = claim with
        {
            Metadata = claim.Metadata with
            {
                OwnerReferences = claim.Metadata.OwnerReferences.Add(new OwnerReference
                {
                    ApiVersion = "v1", Kind = "ConfigMap", Name = "other", Uid = "1", Controller = true,
                }),
            },
        };
        Assert.True(ClaimRetention.HasOtherController(claim, set, Pod("web-0")));
        Assert.Equal(
            ["other"],
            ClaimRetention.Apply(claim, set, Pod("web-0")).Metadata.OwnerReferences.Select(owner => owner.Name));
    }

    [Fact]
    public void ClaimOfAFormerPod_isStale()
    {
        var set = Set("Retain", "Delete");
        var claim = Claim("Pod/web-0", set, "web-0");
        var next = Pod("web-0") with { Metadata = Pod("web-0").Metadata with { Uid = "" } };
        Assert.True(ClaimRetention.IsStale(claim, set, next));
        Assert.False(ClaimRetention.IsStale(claim, set, Pod("web-0")));
        Assert.False(ClaimRetention.IsStale(claim, Set("Retain", "Retain"), next));
    }

    private static StatefulSet Set(string whenDeleted, string whenScaled)
    {
        var set = StatefulSetPlanTests.Set(1);
        return set with
        {
            Spec = set.Spec with
            {
                PersistentVolumeClaimRetentionPolicy = new() { WhenDeleted = whenDeleted, WhenScaled = whenScaled },
            },
        };
    }

    private static PersistentVolumeClaim Claim(string owner, StatefulSet set, string pod) => new()
    {
        Metadata = new()
        {
            Namespace = "default",
            Name = $"data-{pod}",
            OwnerReferences = owner.Length == 0 ? []
                : [owner.StartsWith("Pod", StringComparison.Ordinal)
                    ? Netes.Client.ObjectReferences.Controller(Pod(pod))
                    : Netes.Client.ObjectReferences.Controller(set)],
        },
    };
}
