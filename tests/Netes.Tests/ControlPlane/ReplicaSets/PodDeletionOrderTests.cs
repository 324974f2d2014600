using Netes.Api;
using Netes.Api.Core;
using Netes.ControlPlane;
using static Netes.Tests.ControlPlane.Objects;

namespace Netes.Tests.ControlPlane.ReplicaSets;

public sealed class PodDeletionOrderTests
{
    public static TheoryData<string, Pod, Pod> Cases() => new()
    {
        { "unassigned before assigned", Pod("first"), Pod("other", "n1") },
        { "pending before running", Pod("first", "n1", PodPhase.Pending), Pod("other", "n1") },
        { "not ready before ready", Pod("first", "n1", ready: false), Pod("other", "n1") },
        { "cheaper before dearer", Costing(Pod("first", "n1"), "-5"), Pod("other", "n1") },
        { "shorter ready before longer", Pod("first", "n1", readySeconds: 1), Pod("other", "n1", readySeconds: 100) },
        { "more restarts before fewer", Restarted(Pod("first", "n1"), 3), Pod("other", "n1") },
        { "more restarts of sidecars before fewer", SidecarRestarted(Pod("first", "n1"), 3), Pod("other", "n1") },
        {
            "by uid when they were ready at other times of one magnitude",
            Pod("first", "n1", readySeconds: 101), Restarted(Pod("other", "n1", readySeconds: 100), 3)
        },
        { "a cost with a plus counts as none", Costing(Pod("first", "n1"), "+9"), Costing(Pod("other", "n1"), "5") },
        { "younger before older", Aged(Pod("first", "n1"), 10), Aged(Pod("other", "n1"), 1000) },
    };

    [Theory]
    [MemberData(nameof(Cases))]
    public void TwoPods_TheOneThatServesLessGoes(string why, Pod first, Pod other)
    {
        var chosen = PodDeletionOrder.Choose([other, first], [first, other], 1, Now);
        Assert.True(chosen is [{ Metadata.Name: "first" }], why);
    }

    [Fact]
    public void CrowdedNode_LosesAPodFirst()
    {
        Pod[] pods = [Pod("a", "n1"), Pod("b", "n2"), Pod("c", "n2")];
        var chosen = PodDeletionOrder.Choose(pods, pods, 1, Now);
        Assert.Equal("n2", Assert.Single(chosen).Spec.NodeName);
    }

    [Fact]
    public void AgesOfChosenPods_AreMultiplesOfTheYoungestReadyOnes()
    {
        Pod[] pods =
        [
            Aged(Pod("young", "n1"), 10), Aged(Pod("old", "n1"), 40), Aged(Pod("broken", "n1", ready: false), 1),
        ];
        Assert.Equal([4.0], PodDeletionOrder.AgeRatios(pods, pods[1..], Now));
        Assert.Empty(PodDeletionOrder.AgeRatios(pods, pods, Now));
    }

    private static Pod Costing(Pod pod, string cost) => pod with
    {
        Metadata = pod.Metadata with
        {
            Annotations = ValueMap.Of(("controller.kubernetes.io/pod-deletion-cost", cost)),
        },
    };

    private static Pod Restarted(Pod pod, int count) => pod with
    {
        Status = pod.Status with { ContainerStatuses = [new ContainerStatus { Name = "main", RestartCount = count }] },
    };

    private static Pod SidecarRestarted(Pod pod, int count) => pod with
    {
        Spec = pod.Spec with { InitContainers = [new Container { Name = "side", RestartPolicy = "Always" }] },
        Status = pod.Status with
        {
            InitContainerStatuses = [new ContainerStatus { Name = "side", RestartCount = count }],
        },
    };

    private static Pod Aged(Pod pod, int seconds) => pod with
    {
        Metadata = pod.Metadata with { CreationTimestamp = Timestamp.From(Now.AddSeconds(-seconds)) },
    };
}
