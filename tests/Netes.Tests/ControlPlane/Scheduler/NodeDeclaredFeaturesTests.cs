using Netes.Api.Core;
using Netes.ControlPlane.Scheduling;
using static Netes.Tests.ControlPlane.Objects;

namespace Netes.Tests.ControlPlane.Scheduler;

public sealed class NodeDeclaredFeaturesTests
{
    private readonly NodeDeclaredFeatures _plugin = new();

    [Fact]
    public void PodThatNeedsAFeature_goesWhereItIsDeclared()
    {
        var pod = new PodInfo(RestartingAll());
        var (bare, able) = (MakeNode("bare"), Declaring("RestartAllContainersOnContainerExits"));
        Assert.Null(_plugin.PreFilter(new CycleState(), pod, new Snapshot(), out _));
        Assert.Equal(
            "node(s) didn't match Pod's required features",
            _plugin.Filter(new CycleState(), pod, new NodeInfo(bare))!.Message);
        Assert.Null(_plugin.Filter(new CycleState(), pod, new NodeInfo(able)));
        Assert.NotNull(_plugin.Sign(pod));

        // The node says so later: that is news, and wakes the pod.
        Assert.False(new NodeInfo(bare).IsSameFor(able));
        Assert.Equal(ClusterEvents.NodeFeaturesChanged, ClusterChange.Between(bare, able) & _plugin.WakingEvents);
    }

    [Fact]
    public void OtherPods_areNoneOfItsBusiness()
    {
        var pod = new PodInfo(Pod("p"));
        Assert.Equal(
            PluginCode.Skip, _plugin.PreFilter(new CycleState(), pod, new Snapshot(), out _)!.Code);
        Assert.Null(_plugin.Sign(pod));
    }

    private static Netes.Api.Core.Node Declaring(string feature)
    {
        var node = MakeNode("bare");
        return node with { Status = node.Status with { DeclaredFeatures = [feature] } };
    }

    private static Pod RestartingAll()
    {
        var pod = Pod("p");
        return pod with
        {
            Spec = pod.Spec with
            {
                Containers =
                [
                    pod.Spec.Containers[0] with
                    {
                        RestartPolicyRules = [new() { Action = ContainerRestartRuleAction.RestartAllContainers }],
                    },
                ],
            },
        };
    }
}
