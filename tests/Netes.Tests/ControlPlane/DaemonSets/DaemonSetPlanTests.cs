using Netes.Api;
using Netes.Api.Apps;
using Netes.Api.Core;
using Netes.Api.Meta;
using Netes.ControlPlane;
using static Netes.Tests.ControlPlane.Objects;

namespace Netes.Tests.ControlPlane.DaemonSets;

// The tests of Netes.Node are a namespace of that name.
using Node = Netes.Api.Core.Node;

public sealed class DaemonSetPlanTests
{
    private static readonly Node[] Nodes = [MakeNode("n1"), MakeNode("n2"), MakeNode("n3")];

    [Fact]
    public void NodeWithoutPod_GetsOne()
    {
        var steps = Plan(Set(), Nodes, Daemon("a", "n2")).Manage();
        Assert.Equal(["n1", "n3"], steps.Create);
        Assert.Empty(steps.Delete);
    }

    [Theory]
    [InlineData("gpu", "NoSchedule", false, true)]
    [InlineData("gpu", "NoExecute", false, false)]
    [InlineData("node.kubernetes.io/unschedulable", "NoSchedule", true, true)]
    [InlineData("node.kubernetes.io/not-ready", "NoExecute", true, true)]
    [InlineData("node.kubernetes.io/network-unavailable", "NoSchedule", false, true)]
    public void TaintedNode_IsLeftWhenItMust(string key, string effect, bool shouldRun, bool mayStay)
    {
        var node = MakeNode("n1") with { Spec = new() { Taints = [new Taint { Key = key, Effect = effect }] } };
        Assert.Equal((shouldRun, mayStay), DaemonNodes.Judge(Set().Spec.Template, node));
    }

    [Fact]
    public void NodeNoLongerSelected_LosesItsPod()
    {
        var set = Set();
        var template = set.Spec.Template;
        set = set with
        {
            Spec = set.Spec with
            {
                Template = template with { Spec = template.Spec with { NodeSelector = ValueMap.Of(("disk", "ssd")) } },
            },
        };
        Assert.Equal("a", Names(Plan(set, Nodes, Daemon("a", "n1")).Manage().Delete));
    }

    [Fact]
    public void SeveralPodsOnANode_TheOldestStays()
    {
        var steps = Plan(Set(), [Nodes[0]], Aged(Daemon("young", "n1"), 10), Aged(Daemon("old", "n1"), 100)).Manage();
        Assert.Equal("young", Names(steps.Delete));
    }

    [Fact]
    public void PodWaitsForANodeThatIsGone_ItGoes()
    {
        var waiting = Daemon("a", "n9") with { Spec = DaemonNodes.For(PodSpec.Empty, "n9") };
        Assert.Equal("a", Names(Plan(Set(), [], waiting, Daemon("b", "n8")).Manage().Delete));
    }

    [Fact]
    public void FailedPod_IsMadeAnewWhenItsBackoffAllows()
    {
        var failed = Daemon("a", "n1") with { Status = new() { Phase = PodPhase.Failed } };
        var steps = Plan(Set(), [Nodes[0]], failed).Manage();
        Assert.Empty(steps.Delete);
        Assert.Equal(("a", "n1"), (Assert.Single(steps.Ended).Pod.Metadata.Name, steps.Ended[0].Node));
    }

    [Fact]
    public void RollingUpdate_TakesAsManyAsMayBeUnavailableAndBrokenOnesFirst()
    {
        Pod[] old = [Daemon("a", "n1", "v1"), Daemon("b", "n2", "v1"), Daemon("c", "n3", "v1")];
        Assert.Equal("a", Names(Plan(Set(unavailable: 1), Nodes, old).Roll().Delete));
        Assert.Equal("a b", Names(Plan(Set(unavailable: "50%"), Nodes, old).Roll().Delete));
        Assert.Equal("a", Names(Plan(Set(unavailable: 0), Nodes, old).Roll().Delete));
        old[2] = old[2] with { Status = PodStatus.Empty };
        Assert.Equal("c a", Names(Plan(Set(unavailable: 1), Nodes, old).Roll().Delete));
        Pod[] half = [Daemon("a", "n1") with { Status = PodStatus.Empty }, .. old[1..2]];
        Assert.Equal("", Names(Plan(Set(unavailable: 1), Nodes, half).Roll().Delete));
    }

    [Fact]
    public void Surge_NewPodsServeBeforeOldOnesGo()
    {
        Pod[] old = [Daemon("a", "n1", "v1"), Daemon("b", "n2", "v1"), Daemon("c", "n3", "v1")];
        var set = Set(unavailable: 0, surge: 1);
        var steps = Plan(set, Nodes, old).Roll();
        Assert.Equal(["n1"], steps.Create);
        Assert.Empty(steps.Delete);
        var starting = Daemon("d", "n1") with { Status = PodStatus.Empty };
        steps = Plan(set, Nodes, [.. old, starting]).Roll();
        Assert.True(steps.IsEmpty);
        steps = Plan(set, Nodes, [.. old, Daemon("d", "n1")]).Roll();
        Assert.Equal("a", Names(steps.Delete));
        Assert.Equal(["n2"], steps.Create);
    }

    [Fact]
    public void Surge_NodeWhosePodsAllEndGetsAnother()
    {
        var ending = Daemon("a", "n1");
        ending = ending with { Metadata = ending.Metadata with { DeletionTimestamp = Timestamp.From(Now) } };
        Assert.Equal(["n1"], Plan(Set(unavailable: 0, surge: 1), [Nodes[0]], ending).Manage().Create);
        Assert.Empty(Plan(Set(), [Nodes[0]], ending).Manage().Create);
    }

    [Fact]
    public void Surge_PodThatServesWhereNoneIsToRunStaysUntilEnoughServe()
    {
        var tainted =
            MakeNode("n9") with { Spec = new() { Taints = [new Taint { Key = "x", Effect = "NoSchedule" }] } };
        var set = Set(unavailable: 0, surge: 1);
        var old = Daemon("old", "n9", "v1");
        var starting = Daemon("new", "n1") with { Status = PodStatus.Empty };
        Assert.Equal("", Names(Plan(set, [Nodes[0], tainted], old, starting).Roll().Delete));
        Assert.Equal("old", Names(Plan(set, [Nodes[0], tainted], old, Daemon("new", "n1")).Roll().Delete));
        Assert.Equal("old", Names(
            Plan(set, [Nodes[0], tainted], old with { Status = PodStatus.Empty }, starting).Roll().Delete));
    }

    [Fact]
    public void RollingUpdate_NodeWithoutPodIsOneThatIsMissing()
    {
        Pod[] old = [Daemon("a", "n1", "v1"), Daemon("b", "n2", "v1")];
        Assert.Equal("", Names(Plan(Set(unavailable: 1), Nodes, old).Roll().Delete));
        Assert.Equal("a", Names(Plan(Set(unavailable: 2), Nodes, old).Roll().Delete));
    }

    [Fact]
    public void PodOfTheTemplatesNumber_IsUpToDateWhateverItsHash()
    {
        var set = Set();
        set = set with
        {
            Metadata = set.Metadata with
            {
                Annotations = ValueMap.Of(("deprecated.daemonset.template.generation", "3")),
            },
        };
        var pod = Daemon("a", "n1", "v1");
        var same = pod with
        {
            Metadata = pod.Metadata with { Labels = pod.Metadata.Labels.Set("pod-template-generation", "3") },
        };
        Assert.Equal(1, Plan(set, [Nodes[0]], same).Status(observed: true).UpdatedNumberScheduled);
        Assert.Equal(0, Plan(set, [Nodes[0]], pod).Status(observed: true).UpdatedNumberScheduled);
        Assert.True(Plan(set, [Nodes[0]], same).Roll().IsEmpty);
    }

    [Fact]
    public void Status_CountsNodes()
    {
        var tainted =
            MakeNode("n4") with { Spec = new() { Taints = [new Taint { Key = "x", Effect = "NoSchedule" }] } };
        var status = Plan(Set(), [.. Nodes, tainted], Daemon("a", "n1"), Daemon("b", "n2", "v1"), Daemon("c", "n4"))
            .Status(observed: true);
        Assert.Equal(
            (3, 2, 1, 2, 2, 1, 1),
            (status.DesiredNumberScheduled, status.CurrentNumberScheduled, status.NumberMisscheduled,
                status.NumberReady, status.NumberAvailable, status.NumberUnavailable, status.UpdatedNumberScheduled));
    }

    [Fact]
    public void PodForANode_IsTiedToItAndTolerates()
    {
        var spec = DaemonNodes.For(Set().Spec.Template.Spec with { HostNetwork = true }, "n2");
        Assert.Equal("n2", DaemonNodes.TargetOf(new Pod { Spec = spec }));
        Assert.Equal(7, spec.Tolerations.Count);
        Assert.Contains(spec.Tolerations, toleration => toleration.Key == "node.kubernetes.io/network-unavailable");
    }

    [Fact]
    public void RevisionData_IsAPatchThatReplacesTheTemplate()
    {
        var data = RevisionHistory.PatchOf(Set().Spec.Template).ToString();
        Assert.StartsWith("""{"spec":{"template":{"$patch":"replace","metadata":{""", data, StringComparison.Ordinal);
    }

    private static DaemonSetPlan Plan(DaemonSet set, Node[] nodes, params Pod[] pods) =>
        new(set, nodes, pods, "v2", Now);

    private static string Names(IEnumerable<Pod> pods) => string.Join(' ', pods.Select(pod => pod.Metadata.Name));

    private static Pod Daemon(string name, string node, string hash = "v2")
    {
        var pod = Pod(name, node);
        return pod with
        {
            Metadata = pod.Metadata with { Labels = pod.Metadata.Labels.Set("controller-revision-hash", hash) },
        };
    }

    private static Pod Aged(Pod pod, int seconds) => pod with
    {
        Metadata = pod.Metadata with { CreationTimestamp = Timestamp.From(Now.AddSeconds(-seconds)) },
    };

    private static DaemonSet Set(IntOrString? unavailable = null, IntOrString? surge = null) => new()
    {
        Metadata = new() { Namespace = "default", Name = "agent", Uid = "uid-agent", Generation = 1 },
        Spec = new()
        {
            Selector = new LabelSelector { MatchLabels = ValueMap.Of(("app", "web")) },
            Template = Deployment(1).Spec.Template,
            UpdateStrategy = new()
            {
                Type = DaemonSetUpdateStrategyType.RollingUpdate,
                RollingUpdate = new() { MaxUnavailable = unavailable ?? 1, MaxSurge = surge ?? 0 },
            },
        },
    };
}
