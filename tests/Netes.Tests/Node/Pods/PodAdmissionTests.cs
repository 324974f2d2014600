using Netes.Api;
using Netes.Api.Core;
using Netes.Nodes.Cgroups;
using Netes.Nodes.Configs;
using Netes.Nodes.Environments;
using Netes.Nodes.Pods;
using static Netes.Tests.Node.Pods.PodSamples;

namespace Netes.Tests.Node.Pods;

/// <summary>Goal: the node refuses what it cannot run in kubelet's words, and gives each pod its due.</summary>
public sealed class PodAdmissionTests
{
    private static readonly Netes.Api.Core.Node Machine = new()
    {
        Metadata = new() { Name = "n1", Labels = ValueMap.Of(("zone", "a")) },
        Status = new()
        {
            Allocatable = ValueMap.Of(
                ("cpu", Quantity.Parse("2")), ("memory", Quantity.Parse("1Gi")), ("pods", Quantity.Parse("2"))),
        },
    };

    [Fact]
    public void Pod_that_fits_is_taken() => Assert.Null(PodAdmission.Check(Asking("2"), Machine, []));

    [Fact]
    public void Too_much_cpu_is_refused() => Assert.Equal(
        new PodRejection("OutOfcpu",
            "Node didn't have enough resource: cpu, requested: 1500, used: 1000, capacity: 2000"),
        PodAdmission.Check(Asking("1500m"), Machine, [Asking("1")]));

    [Fact]
    public void Too_many_pods_are_refused() => Assert.Equal(
        new PodRejection("OutOfpods", "Node didn't have enough resource: pods, requested: 1, used: 2, capacity: 2"),
        PodAdmission.Check(NewPod(containers: "a"), Machine, [NewPod(containers: "a"), NewPod(containers: "a")]));

    [Fact]
    public void Other_labels_are_refused()
    {
        var pod = NewPod(containers: "a");
        pod = pod with { Spec = pod.Spec with { NodeSelector = ValueMap.Of(("zone", "b")) } };

        Assert.Equal(
            new PodRejection("NodeAffinity",
                "Predicate NodeAffinity failed: node(s) didn't match Pod's node affinity/selector"),
            PodAdmission.Check(pod, Machine, []));
    }

    [Fact]
    public void Taken_host_port_is_refused()
    {
        static Pod With(string address, string protocol)
        {
            var pod = NewPod(containers: "a");
            var port = new ContainerPort
            {
                HostPort = 80, ContainerPortValue = 80, HostIP = address, Protocol = protocol,
            };
            return pod with { Spec = pod.Spec with { Containers = [pod.Spec.Containers[0] with { Ports = [port] }] } };
        }

        Assert.Equal("NodePorts", PodAdmission.Check(With("", "TCP"), Machine, [With("10.0.0.1", "TCP")])?.Reason);
        Assert.Null(PodAdmission.Check(With("10.0.0.2", "TCP"), Machine, [With("10.0.0.1", "TCP")]));
        Assert.Null(PodAdmission.Check(With("", "UDP"), Machine, [With("", "TCP")]));
    }

    [Fact]
    public void Taint_that_ends_pods_is_to_be_tolerated()
    {
        var tainted = Machine with { Spec = new() { Taints = [new() { Key = "k", Effect = TaintEffect.NoExecute }] } };
        var pod = NewPod(containers: "a");

        Assert.Equal("Predicate TaintToleration failed: node(s) had taints that the pod didn't tolerate",
            PodAdmission.Check(pod, tainted, [])?.Message);
        Assert.Null(PodAdmission.Check(
            pod with { Spec = pod.Spec with { Tolerations = [new() { Operator = "Exists" }] } }, tainted, []));
    }

    [Fact]
    public void Refused_pod_has_failed_without_a_container()
    {
        var status = PodStatuses.Build(new()
        {
            Pod = NewPod(containers: "a"), Runtime = PodRuntimeState.Empty, Memory = PodMemory.Empty, Now = Now,
            StartTime = Now, Rejected = true, EndReason = "OutOfcpu", EndMessage = "Pod was rejected: why",
        });

        Assert.Equal((PodPhase.Failed, "OutOfcpu", "Pod was rejected: why"),
            (status.Phase, status.Reason, status.Message));
        Assert.True(status.ContainerStatuses.IsEmpty);
    }

    [Fact]
    public void Pod_is_over_when_nothing_runs_any_more_and_not_before()
    {
        var running = new PodStatus { Phase = PodPhase.Running };
        var failed = new PodStatus { Phase = PodPhase.Failed, Reason = "DeadlineExceeded" };

        Assert.Equal((PodPhase.Running, ""), Told(PodStatuses.Held(running, failed, ended: false)));
        Assert.Equal((PodPhase.Failed, "DeadlineExceeded"), Told(PodStatuses.Held(running, failed, ended: true)));
        Assert.Equal((PodPhase.Failed, "DeadlineExceeded"), Told(PodStatuses.Held(failed, failed, ended: false)));

        static (string, string) Told(PodStatus status) => (status.Phase, status.Reason);
    }

    [Fact]
    public void Init_container_may_use_more_than_all_that_run_later()
    {
        var pod = NewPod(containers: "a").WithInit(Init("i") with { Resources = Limits("512Mi") });
        pod = WithResources(pod, Limits("64Mi"));

        Assert.Equal(512L << 20, PodCgroupLimits.Of(pod.Spec).MemoryBytes);
        Assert.Equal(0, PodCgroupLimits.Of(NewPod(containers: "a").Spec).MemoryBytes);
    }

    [Fact]
    public void Full_name_longer_than_the_kernel_takes_is_refused()
    {
        var pod = NewPod(containers: "a");
        pod = pod with { Spec = pod.Spec with { SetHostnameAsFQDN = true, Subdomain = new string('s', 50) } };

        var error = Assert.Throws<ConfigException>(() => PodNames.Hostname(pod, "cluster.local"));

        Assert.EndsWith("is too long (64 characters is the max, 73 characters requested)", error.Message,
            StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(RestartPolicy.Always, "Container a failed liveness probe, will be restarted")]
    [InlineData(RestartPolicy.Never, "Container a failed liveness probe")]
    public void Killed_container_is_said_to_be_restarted_when_it_is(string policy, string message)
    {
        var memory = PodMemory.Empty.With(
            "a", item => item with { Kill = new("a0", "Container a failed liveness probe") });

        var kill = Assert.IsType<PodAction.KillContainer>(
            Assert.Single(Decide(NewPod(policy, "a"), State(Running("a")), memory).Actions));

        Assert.Equal(message, kill.Message);
    }

    private static ResourceRequirements Limits(string memory) =>
        new() { Limits = ValueMap.Of(("memory", Quantity.Parse(memory))) };

    private static Pod Asking(string cpu)
    {
        var pod = NewPod(containers: "a");
        var resources = new ResourceRequirements { Requests = ValueMap.Of(("cpu", Quantity.Parse(cpu))) };
        return WithResources(pod, resources);
    }

    private static Pod WithResources(Pod pod, ResourceRequirements resources) => pod with
    {
        Spec = pod.Spec with { Containers = [pod.Spec.Containers[0] with { Resources = resources }] },
    };
}
