using Netes.Api.Apps;
using Netes.Api.Core;
using Netes.ControlPlane;
using static Netes.Tests.ControlPlane.Objects;

namespace Netes.Tests.ControlPlane.ReplicaSets;

public sealed class ReplicaSetPlanTests
{
    [Theory]
    [InlineData(3, 0, 3)]
    [InlineData(3, 5, -2)]
    [InlineData(2000, 0, 500)]
    [InlineData(0, 2000, -500)]
    public void Difference_IsAtMostABurst(int wanted, int active, int expected) =>
        Assert.Equal(expected, ReplicaSetPlan.Difference(ReplicaSet("web", wanted, 0, 0, "web:1"), active));

    [Fact]
    public void Status_CountsReadyAndAvailablePods()
    {
        var set = ReplicaSet("web", 3, 0, 0, "web:1");
        set = set with { Spec = set.Spec with { MinReadySeconds = 30 } };
        Pod[] pods = [Pod("a"), Pod("b", readySeconds: 10), Pod("c", ready: false)];
        var status = ReplicaSetPlan.Status(set, pods, 1, null, Now);
        Assert.Equal(3, status.Replicas);
        Assert.Equal(3, status.FullyLabeledReplicas);
        Assert.Equal(2, status.ReadyReplicas);
        Assert.Equal(1, status.AvailableReplicas);
        Assert.Equal(1, status.TerminatingReplicas);
        Assert.Equal(TimeSpan.FromSeconds(20), ReplicaSetPlan.NextAvailability(set, pods, Now));
    }

    [Fact]
    public void CreationFails_ConditionTellsUntilItSucceeds()
    {
        var set = ReplicaSet("web", 3, 0, 0, "web:1");
        var failed = ReplicaSetPlan.Status(set, [], 0, new InvalidOperationException("quota exceeded"), Now);
        var condition = Assert.Single(failed.Conditions);
        Assert.Equal(ReplicaSetConditionType.ReplicaFailure, condition.Type);
        Assert.Equal("FailedCreate", condition.Reason);
        Assert.Equal("quota exceeded", condition.Message);
        var mended = ReplicaSetPlan.Status(set with { Status = failed }, [], 0, null, Now);
        Assert.Empty(mended.Conditions);
    }
}
