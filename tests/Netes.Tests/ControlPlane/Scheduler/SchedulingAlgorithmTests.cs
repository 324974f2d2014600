using Netes.Api;
using Netes.Api.Core;
using Netes.Client;
using Netes.ControlPlane.Scheduling;
using static Netes.Tests.ControlPlane.Objects;

namespace Netes.Tests.ControlPlane.Scheduler;

// The tests of Netes.Node are a namespace of that name.
using Node = Netes.Api.Core.Node;

public sealed class SchedulingAlgorithmTests
{
    private readonly SchedulerCache _cache = new();
    private readonly Nominator _nominator = new();
    private readonly Snapshot _snapshot = new();

    public static TheoryData<Pod, Node[], string> Refusals() => new()
    {
        { Pod("a"), [], "no nodes available to schedule pods" },
        {
            Pod("a").Requesting("8", "1Gi"), [MakeNode("n1"), MakeNode("n2", "2")],
            "0/2 nodes are available: 2 Insufficient cpu. " + Helpless(2)
        },
        {
            Pod("a").Requesting("3", "1Gi"), [MakeNode("n1", "2"), Tainted(MakeNode("n2"))],
            "0/2 nodes are available: 1 Insufficient cpu, 1 node(s) had untolerated taint(s). " + Helpless(2)
        },
        {
            Pod("a").Requesting("1", "16Gi"), [MakeNode("n1"), Cordoned(MakeNode("n2"))],
            "0/2 nodes are available: 1 Insufficient memory, 1 node(s) were unschedulable. " + Helpless(2)
        },
        {
            Selecting("disk", "ssd"), [MakeNode("n1")],
            "0/1 nodes are available: 1 node(s) didn't match Pod's node affinity/selector. " + Helpless(1)
        },
        {
            Pod("a"), [MakeNode("n1", pods: 0)],
            "0/1 nodes are available: 1 Too many pods. no new claims to deallocate, preemption: "
                + "0/1 nodes are available: 1 No preemption victims found for incoming pod."
        },
        {
            OnNode("n2"), [MakeNode("n1"), MakeNode("n3")],
            "0/2 nodes are available: 2 node(s) didn't satisfy plugin(s) [NodeAffinity]. " + Helpless(2)
        },
    };

    [Theory]
    [MemberData(nameof(Refusals))]
    public void FitsNowhere_SaysWhyInKubernetesWords(Pod pod, Node[] nodes, string expected)
    {
        var result = Schedule(pod, nodes);
        Assert.Null(result.Node);
        Assert.Equal(expected, result.Message);
    }

    [Fact]
    public void HostPortTaken_OtherNodeIsChosen()
    {
        _cache.SetPod(WithHostPort(Pod("b", "n1"), 8080));
        Assert.Equal("n2", Schedule(WithHostPort(Pod("a"), 8080), MakeNode("n1"), MakeNode("n2")).Node);
        _cache.SetPod(WithHostPort(Pod("c", "n2"), 8080));
        Assert.Equal(
            "0/2 nodes are available: 2 node(s) didn't have free ports for the requested pod ports. no new claims to "
                + "deallocate, preemption: 0/2 nodes are available: 2 No preemption victims found for incoming pod.",
            Schedule(WithHostPort(Pod("a"), 8080)).Message);
    }

    [Fact]
    public void EmptierNode_IsBetter()
    {
        _cache.SetPod(Pod("b", "n1").Requesting("2", "4Gi"));
        Assert.Equal("n2", Schedule(Pod("a").Requesting("1", "1Gi"), MakeNode("n1"), MakeNode("n2")).Node);
    }

    [Fact]
    public void PreferredLabel_IsBetter()
    {
        var pod = Pod("a");
        var term = new NodeSelectorTerm
        {
            MatchExpressions = [new NodeSelectorRequirement { Key = "disk", Operator = "In", Values = ["ssd"] }],
        };
        pod = pod with
        {
            Spec = pod.Spec with
            {
                Affinity = new()
                {
                    NodeAffinity = new()
                    {
                        PreferredDuringSchedulingIgnoredDuringExecution =
                            [new PreferredSchedulingTerm { Weight = 50, Preference = term }],
                    },
                },
            },
        };
        var ssd = MakeNode("n2");
        ssd = ssd with { Metadata = ssd.Metadata with { Labels = ssd.Metadata.Labels.Set("disk", "ssd") } };
        Assert.Equal("n2", Schedule(pod, MakeNode("n1"), ssd, MakeNode("n3")).Node);
    }

    [Fact]
    public void AssumedPods_TakeTheirRoomAtOnce()
    {
        var fits = Schedule(Pod("a").Requesting("3", "1Gi"), MakeNode("n1"));
        Assert.Equal("n1", fits.Node);
        _cache.Assume(new PodInfo(Pod("a", "n1").Requesting("3", "1Gi")));
        Assert.Null(Schedule(Pod("b").Requesting("3", "1Gi")).Node);
        _cache.Forget(new ObjectKey("default", "a"));
        Assert.Equal("n1", Schedule(Pod("b").Requesting("3", "1Gi")).Node);
    }

    [Fact]
    public void NoRoom_LeastImportantPodMakesIt()
    {
        _cache.SetPod(Prioritized(Pod("low", "n1").Requesting("2", "1Gi"), 1));
        _cache.SetPod(Prioritized(Pod("lower", "n2").Requesting("3", "1Gi"), 0));
        _cache.SetPod(Prioritized(Pod("high", "n3").Requesting("3", "1Gi"), 1000));
        Node[] nodes = [MakeNode("n1"), MakeNode("n2"), MakeNode("n3")];
        var result = Schedule(Prioritized(Pod("a").Requesting("3", "1Gi"), 100), nodes);
        Assert.Equal("n2", result.PostFilter?.NominatedNode);
        Assert.Equal("0/3 nodes are available: 3 Insufficient cpu.", result.Message);
    }

    [Fact]
    public void RoomThatWasMade_IsNotForLessImportantPods()
    {
        _nominator.Set(new PodInfo(Prioritized(Pod("urgent").Requesting("3", "1Gi"), 100)), "n1");
        Assert.Null(Schedule(Pod("a").Requesting("3", "1Gi"), MakeNode("n1")).Node);
        Assert.Equal("n1", Schedule(Prioritized(Pod("b").Requesting("3", "1Gi"), 200)).Node);
    }

    [Fact]
    public void InitContainers_CountByTheirLargest()
    {
        var pod = Pod("a").Requesting("1", "1Gi");
        var big = pod.Spec.Containers[0] with
        {
            Name = "init",
            Resources = new() { Requests = ValueMap.Of(("cpu", Quantity.Parse("3"))) },
        };
        pod = pod with { Spec = pod.Spec with { InitContainers = [big] } };
        Assert.Equal(3000, new PodInfo(pod).Requests.CpuMillis);
        var sidecar = big with { RestartPolicy = ContainerRestartPolicy.Always };
        pod = pod with { Spec = pod.Spec with { InitContainers = [sidecar] } };
        Assert.Equal(4000, new PodInfo(pod).Requests.CpuMillis);
    }

    private ScheduleResult Schedule(Pod pod, params Node[] nodes)
    {
        foreach (var node in nodes)
        {
            _cache.SetNode(node);
        }

        _cache.Update(_snapshot);
        var algorithm = new SchedulingAlgorithm(
            Frameworks.Create(_snapshot, nominator: _nominator), 0, new Random(1));
        return algorithm.Schedule(new CycleState(), new PodInfo(pod), _snapshot);
    }

    private static string Helpless(int nodes) => "no new claims to deallocate, preemption: "
        + $"0/{nodes} nodes are available: {nodes} Preemption is not helpful for scheduling.";

    private static Node Tainted(Node node) => node with
    {
        Spec = node.Spec with { Taints = [new Taint { Key = "gpu", Value = "yes", Effect = "NoSchedule" }] },
    };

    private static Pod Prioritized(Pod pod, int priority) =>
        pod with { Spec = pod.Spec with { Priority = priority } };

    private static Node Cordoned(Node node) => node with { Spec = node.Spec with { Unschedulable = true } };

    private static Pod Selecting(string key, string value)
    {
        var pod = Pod("a");
        return pod with { Spec = pod.Spec with { NodeSelector = ValueMap.Of((key, value)) } };
    }

    private static Pod OnNode(string name)
    {
        var pod = Pod("a");
        var field = new NodeSelectorRequirement { Key = "metadata.name", Operator = "In", Values = [name] };
        return pod with
        {
            Spec = pod.Spec with
            {
                Affinity = new()
                {
                    NodeAffinity = new()
                    {
                        RequiredDuringSchedulingIgnoredDuringExecution = new()
                        {
                            NodeSelectorTerms = [new NodeSelectorTerm { MatchFields = [field] }],
                        },
                    },
                },
            },
        };
    }

    private static Pod WithHostPort(Pod pod, int port) => pod with
    {
        Spec = pod.Spec with
        {
            Containers =
            [
                pod.Spec.Containers[0] with
                {
                    Ports = [new ContainerPort { ContainerPortValue = port, HostPort = port, Protocol = "TCP" }],
                },
            ],
        },
    };
}
