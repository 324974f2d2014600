using Netes.Api;
using Netes.Api.Core;
using Netes.Nodes.Pods;
using static Netes.Tests.Node.Pods.PodSamples;

namespace Netes.Tests.Node.Pods;

/// <summary>Goal: statuses read as kubelet's.</summary>
public sealed class PodStatusTests
{
    [Fact]
    public void New_pod_is_pending_and_its_containers_are_created()
    {
        var status = Status(NewPod(containers: "a"), PodRuntimeState.Empty);

        Assert.Equal(PodPhase.Pending, status.Phase);
        Assert.Equal("ContainerCreating", status.ContainerStatuses[0].State.Waiting!.Reason);
        Assert.Equal("192.0.2.1", status.HostIP);
        Assert.Equal("False", Condition(status, "PodReadyToStartContainers").Status);
        Assert.Equal("containers with unready status: [a]", Condition(status, "Ready").Message);
        Assert.Equal("ContainersNotReady", Condition(status, "ContainersReady").Reason);
    }

    [Fact]
    public void Started_pod_without_probes_is_ready()
    {
        var status = Status(NewPod(containers: "a"), State(Running("a")), Started(Running("a")));

        Assert.Equal(PodPhase.Running, status.Phase);
        Assert.True(status.ContainerStatuses[0].Ready);
        Assert.Equal("10.0.0.1", status.PodIP);
        Assert.Equal("True", Condition(status, "Ready").Status);
    }

    [Fact]
    public void Readiness_probe_decides_over_ready()
    {
        var pod = NewPod(containers: "a");
        pod = pod with { Spec = pod.Spec
            with { Containers = [pod.Spec.Containers[0] with { ReadinessProbe = new() }] } };
        var memory = Started(Running("a"));

        Assert.False(Status(pod, State(Running("a")), memory).ContainerStatuses[0].Ready);
        memory = memory.With("a", item => item with { ReadinessSucceeded = true });
        Assert.True(Status(pod, State(Running("a")), memory).ContainerStatuses[0].Ready);
        Assert.False(Status(pod, State(Running("a", 1)), memory).ContainerStatuses[0].Ready);
    }

    [Theory]
    [InlineData(RestartPolicy.Always, 0, 0, PodPhase.Running)]
    [InlineData(RestartPolicy.OnFailure, 0, 0, PodPhase.Succeeded)]
    [InlineData(RestartPolicy.OnFailure, 0, 1, PodPhase.Running)]
    [InlineData(RestartPolicy.Never, 0, 0, PodPhase.Succeeded)]
    [InlineData(RestartPolicy.Never, 0, 1, PodPhase.Failed)]
    public void Phase_of_ended_containers(string policy, int first, int second, string expected) =>
        Assert.Equal(expected, Status(NewPod(policy, "a", "b"), State(Exited("a", first), Exited("b", second))).Phase);

    [Fact]
    public void Phase_of_a_partly_ended_pod_is_running() => Assert.Equal(
        PodPhase.Running, Status(NewPod(RestartPolicy.Never, "a", "b"), State(Exited("a", 1), Running("b"))).Phase);

    [Fact]
    public void Init_keeps_a_pod_pending_and_failure_for_good_ends_it()
    {
        Assert.Equal(PodPhase.Pending, Status(NewPod(containers: "a").WithInit(Init("i")), State(Running("i"))).Phase);
        Assert.Equal(PodPhase.Pending, Status(NewPod(containers: "a").WithInit(Init("i")), State(Exited("i", 1)))
            .Phase);
        Assert.Equal(
            PodPhase.Failed, Status(NewPod(RestartPolicy.Never, "a").WithInit(Init("i")), State(Exited("i", 1))).Phase);
    }

    [Fact]
    public void Waiting_reason_moves_the_end_to_the_last_state()
    {
        var memory = PodMemory.Empty.With("a", item => item with { Waiting = new("CrashLoopBackOff", "m") });
        var status = Status(NewPod(containers: "a"), State(Exited("a", 3)), memory).ContainerStatuses[0];

        Assert.Equal("CrashLoopBackOff", status.State.Waiting!.Reason);
        Assert.Equal(3, status.LastTerminationState.Terminated!.ExitCode);
    }

    [Fact]
    public void Last_state_comes_from_the_instance_before()
    {
        var status = Status(NewPod(containers: "a"), State(Running("a", 1), Exited("a", 5))).ContainerStatuses[0];

        Assert.NotNull(status.State.Running);
        Assert.Equal(5, status.LastTerminationState.Terminated!.ExitCode);
        Assert.Equal(1, status.RestartCount);
    }

    [Fact]
    public void Instance_that_vanished_is_told_as_unknown()
    {
        var pod = NewPod(containers: "a");
        pod = pod with { Status = Status(pod, State(Running("a"))) };

        var status = Status(pod, State()).ContainerStatuses[0];

        Assert.Equal("ContainerStatusUnknown", status.LastTerminationState.Terminated!.Reason);
        Assert.Equal(137, status.LastTerminationState.Terminated.ExitCode);
        Assert.Equal(1, status.RestartCount);
    }

    [Fact]
    public void Terminal_phase_stays()
    {
        var pod = NewPod(RestartPolicy.Never, "a");
        pod = pod with { Status = new() { Phase = PodPhase.Failed } };

        Assert.Equal(PodPhase.Failed, Status(pod, PodRuntimeState.Empty).Phase);
    }

    [Fact]
    public void Building_twice_changes_nothing_and_transition_times_stay()
    {
        var pod = NewPod(containers: "a");
        var first = Status(pod, State(Running("a")), Started(Running("a")));

        var second = Status(pod with { Status = first }, State(Running("a")), Started(Running("a")));

        Assert.Equal(first, second);
    }

    [Fact]
    public void Readiness_gates_and_foreign_conditions_count_and_stay()
    {
        var pod = NewPod(containers: "a");
        pod = pod with { Spec = pod.Spec with { ReadinessGates = [new() { ConditionType = "lb" }] } };
        var memory = Started(Running("a"));

        var without = Status(pod, State(Running("a")), memory);
        Assert.Equal("ReadinessGatesNotReady", Condition(without, "Ready").Reason);
        Assert.Equal("corresponding condition of pod readiness gate \"lb\" does not exist.", Condition(without, "Ready")
            .Message);

        pod = pod with { Status = new() { Conditions = [new() { Type = "lb", Status = "True" }] } };
        var with = Status(pod, State(Running("a")), memory);
        Assert.Equal("True", Condition(with, "Ready").Status);
        Assert.Equal("True", Condition(with, "lb").Status);
    }

    [Fact]
    public void Quality_of_service_follows_requests_and_limits()
    {
        static Pod With(params (string, string)[] requests)
        {
            var pod = NewPod(containers: "a");
            var resources = new ResourceRequirements
            {
                Requests = ValueMap.Of([.. requests.Select(item => (item.Item1, Quantity.Parse(item.Item2)))]),
                Limits = ValueMap.Of(("cpu", Quantity.Parse("1")), ("memory", Quantity.Parse("1Gi"))),
            };
            return pod with { Spec = pod.Spec
                with { Containers = [pod.Spec.Containers[0] with { Resources = resources }] } };
        }

        Assert.Equal(PodQOSClass.BestEffort, PodQos.Of(NewPod(containers: "a").Spec));
        Assert.Equal(PodQOSClass.Guaranteed, PodQos.Of(With().Spec));
        Assert.Equal(PodQOSClass.Guaranteed, PodQos.Of(With(("cpu", "1000m")).Spec));
        Assert.Equal(PodQOSClass.Burstable, PodQos.Of(With(("cpu", "500m")).Spec));
    }

    private static PodCondition Condition(PodStatus status, string type) =>
        ((IEnumerable<PodCondition>)status.Conditions).First(condition => condition.Type == type);
}
