using Netes.Api;
using Netes.Api.Core;
using Netes.ControlPlane;
using static Netes.Tests.ControlPlane.Objects;

namespace Netes.Tests.ControlPlane.NodeLifecycle;

// The tests of Netes.Node are a namespace of that name.
using Node = Netes.Api.Core.Node;

public sealed class NodeTaintsTests
{
    [Theory]
    [InlineData("Ready", "True", "")]
    [InlineData("Ready", "False", "node.kubernetes.io/not-ready:NoSchedule node.kubernetes.io/not-ready:NoExecute")]
    [InlineData(
        "Ready", "Unknown", "node.kubernetes.io/unreachable:NoSchedule node.kubernetes.io/unreachable:NoExecute")]
    [InlineData("MemoryPressure", "True", "node.kubernetes.io/memory-pressure:NoSchedule")]
    [InlineData("DiskPressure", "True", "node.kubernetes.io/disk-pressure:NoSchedule")]
    [InlineData("PIDPressure", "True", "node.kubernetes.io/pid-pressure:NoSchedule")]
    public void Condition_CallsForItsTaints(string type, string status, string expected) =>
        Assert.Equal(expected, Show(NodeTaints.Wanted(With(MakeNode("n1"), type, status), Eviction.Begin, Now)));

    [Fact]
    public void OthersTaints_StayAndCordonIsATaint()
    {
        var node = MakeNode("n1");
        node = node with
        {
            Spec = new() { Unschedulable = true, Taints = [new Taint { Key = "gpu", Effect = "NoSchedule" }] },
        };
        Assert.Equal(
            "gpu:NoSchedule node.kubernetes.io/unschedulable:NoSchedule",
            Show(NodeTaints.Wanted(node, Eviction.Begin, Now)));
    }

    [Fact]
    public void NoNodeIsReady_NobodyIsDrivenOut()
    {
        var node = With(MakeNode("n1"), "Ready", "Unknown");
        Assert.Equal("node.kubernetes.io/unreachable:NoSchedule", Show(NodeTaints.Wanted(node, Eviction.End, Now)));
    }

    [Fact]
    public void LastNodeFails_WhoWasToGoMayStay()
    {
        var node = With(MakeNode("n1"), "Ready", "Unknown");
        var tainted = node with { Spec = node.Spec with { Taints = NodeTaints.Wanted(node, Eviction.Begin, Now) } };
        Assert.Equal("node.kubernetes.io/unreachable:NoSchedule", Show(NodeTaints.Wanted(tainted, Eviction.End, Now)));
    }

    [Fact]
    public void SecondTime_ChangesNothing()
    {
        var node = With(MakeNode("n1"), "Ready", "Unknown");
        var tainted = node with { Spec = node.Spec with { Taints = NodeTaints.Wanted(node, Eviction.Begin, Now) } };
        Assert.Equal(tainted.Spec.Taints, NodeTaints.Wanted(tainted, Eviction.Begin, Now.AddMinutes(1)));
    }

    [Fact]
    public void SilentNode_BecomesUnknownInKubernetesWords()
    {
        var conditions = NodeHealth.Unknown(MakeNode("n1"), Now);
        Assert.Equal(
            [
                "Ready=Unknown NodeStatusUnknown: Kubelet stopped posting node status.",
                "MemoryPressure=Unknown NodeStatusNeverUpdated: Kubelet never posted node status.",
                "DiskPressure=Unknown NodeStatusNeverUpdated: Kubelet never posted node status.",
                "PIDPressure=Unknown NodeStatusNeverUpdated: Kubelet never posted node status.",
            ],
            conditions.Select(condition =>
                $"{condition.Type}={condition.Status} {condition.Reason}: {condition.Message}"));
    }

    private static Node With(Node node, string type, string status) => node with
    {
        Status = node.Status with { Conditions = [new NodeCondition { Type = type, Status = status }] },
    };

    private static string Show(ValueList<Taint> taints) =>
        string.Join(' ', taints.Select(taint => $"{taint.Key}:{taint.Effect}"));
}
