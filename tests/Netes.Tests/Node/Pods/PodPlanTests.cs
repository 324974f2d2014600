using Netes.Api;
using Netes.Api.Core;
using Netes.Nodes.Pods;
using static Netes.Tests.Node.Pods.PodSamples;

namespace Netes.Tests.Node.Pods;

/// <summary>
/// Goal: each situation of a pod leads to kubelet's next step. Method: the pure plan, without runtime.
/// </summary>
public sealed class PodPlanTests
{
    [Fact]
    public void New_pod_gets_a_sandbox_first() =>
        Assert.Equal(["sandbox 0"], Decide(NewPod(containers: "a"), PodRuntimeState.Empty).Words());

    [Fact]
    public void All_containers_start_in_a_ready_sandbox() =>
        Assert.Equal(["start a 0", "start b 0"], Decide(NewPod(containers: ["a", "b"]), State()).Words());

    [Fact]
    public void Running_pod_needs_nothing()
    {
        var decision = Decide(NewPod(containers: "a"), State(Running("a")));

        Assert.Empty(decision.Actions);
        Assert.Null(decision.LookAgainAt);
    }

    [Fact]
    public void Init_containers_start_one_after_the_other()
    {
        var pod = NewPod(containers: "a").WithInit(Init("i"), Init("j"));

        Assert.Equal(["start i 0"], Decide(pod, State()).Words());
        Assert.Empty(Decide(pod, State(Running("i"))).Actions);
        Assert.Equal(["start j 0"], Decide(pod, State(Exited("i", 0))).Words());
        Assert.Equal(["start a 0"], Decide(pod, State(Exited("j", 0), Exited("i", 0))).Words());
    }

    [Fact]
    public void Init_container_that_failed_is_tried_again_or_ends_the_pod()
    {
        Assert.Equal(["start i 1"], Decide(NewPod(containers: "a").WithInit(Init("i")), State(Exited("i", 1))).Words());
        var never = NewPod(RestartPolicy.Never, "a").WithInit(Init("i"));
        Assert.Equal(["end"], Decide(never, State(Exited("i", 1))).Words());
    }

    [Fact]
    public void Sidecar_has_to_be_started_before_the_next_begins()
    {
        var pod = NewPod(containers: "a").WithInit(Sidecar("s"), Init("i"));

        Assert.Equal(["start s 0"], Decide(pod, State()).Words());
        Assert.Empty(Decide(pod, State(Running("s"))).Actions);
        Assert.Equal(["start i 0"], Decide(pod, State(Running("s")), Started(Running("s"))).Words());
    }

    [Fact]
    public void Sidecar_is_restarted_beside_running_containers()
    {
        var pod = NewPod(RestartPolicy.Never, "a").WithInit(Sidecar("s"));

        Assert.Equal(["start s 1"], Decide(pod, State(Running("a"), Exited("s", 1))).Words());
    }

    [Fact]
    public void Sidecars_alone_do_not_keep_a_pod_alive()
    {
        var pod = NewPod(RestartPolicy.Never, "a").WithInit(Sidecar("s"));

        Assert.Equal(["end"], Decide(pod, State(Exited("a", 0), Running("s")), Started(Running("s"))).Words());
    }

    [Theory]
    [InlineData(RestartPolicy.Always, 0, "start a 1")]
    [InlineData(RestartPolicy.Always, 1, "start a 1")]
    [InlineData(RestartPolicy.OnFailure, 1, "start a 1")]
    [InlineData(RestartPolicy.OnFailure, 0, "end")]
    [InlineData(RestartPolicy.Never, 1, "end")]
    [InlineData(RestartPolicy.Never, 0, "end")]
    public void Ended_container_follows_the_restart_policy(string policy, int code, string expected) =>
        Assert.Equal([expected], Decide(NewPod(policy, "a"), State(Exited("a", code))).Words());

    [Fact]
    public void Crashing_container_is_held_back_until_its_delay_is_over()
    {
        var memory = PodMemory.Empty.With("a", item => item
            with { RestartBackOff = new(TimeSpan.FromSeconds(20), Now) });
        var pod = NewPod(containers: "a");

        var held = Decide(pod, State(Exited("a", 1, 1)), memory, TimeSpan.FromSeconds(19));
        Assert.Empty(held.Actions);
        Assert.Equal("CrashLoopBackOff", held.HeldBack[0].Waiting.Reason);
        Assert.Equal("back-off 20s restarting failed container=a pod=p_ns(u)", held.HeldBack[0].Waiting.Message);
        Assert.Equal(Now + TimeSpan.FromSeconds(20), held.LookAgainAt);
        Assert.Equal(
            ["start a 2"], Decide(pod, State(Exited("a", 1, 1)), memory, TimeSpan.FromSeconds(20)).Words());
    }

    [Fact]
    public void Back_off_doubles_to_its_limit_and_is_forgotten()
    {
        BackOff? backOff = null;
        var seen = new List<double>();
        for (var i = 0; i < 7; i++)
        {
            backOff = BackOff.Next(backOff, Now, Now);
            seen.Add(backOff.Value.Delay.TotalSeconds);
        }

        Assert.Equal([10, 20, 40, 80, 160, 300, 300], seen);
        var later = Now + TimeSpan.FromMinutes(10.1);
        Assert.Equal(BackOff.First, BackOff.Next(backOff, later, later).Delay);
    }

    [Fact]
    public void Dead_sandbox_is_replaced_with_all_that_was_in_it()
    {
        var pod = NewPod(containers: "a");
        var dead = State(Exited("a", 137)) with { Sandboxes = [Sandbox("s", ready: false, attempt: 2)] };

        Assert.Equal(["sandbox 3"], Decide(pod, dead).Words());
        var half = State(Running("a")) with { Sandboxes = [Sandbox("s", ready: false)] };
        Assert.Equal(["stop sandbox", "sandbox 1"], Decide(pod, half).Words());
    }

    [Fact]
    public void Init_containers_run_anew_in_a_new_sandbox()
    {
        var pod = NewPod(containers: "a").WithInit(Init("i"));
        var state = State(Exited("a", 137), Exited("i", 0))
            with { Sandboxes = [Sandbox("t", ready: true, attempt: 1)] };

        Assert.Equal(["start i 1"], Decide(pod, state).Words());
    }

    [Fact]
    public void Failed_liveness_kills_this_instance_only()
    {
        var memory = PodMemory.Empty.With("a", item => item with { Kill = new("a0", "why") });
        var pod = NewPod(containers: "a");

        Assert.Equal(["kill a"], Decide(pod, State(Running("a")), memory).Words());
        Assert.Empty(Decide(pod, State(Running("a", 1)), memory).Actions);
    }

    [Fact]
    public void Changed_image_restarts_the_container()
    {
        var old = Running("a") with { Hash = PodContainers.HashOf(new() { Name = "a", Image = "old" }) };

        Assert.Equal(["kill a"], Decide(NewPod(containers: "a"), State(old)).Words());
    }

    [Fact]
    public void Deadline_ends_the_pod_when_it_is_reached()
    {
        var pod = NewPod(containers: "a");
        pod = pod with { Spec = pod.Spec with { ActiveDeadlineSeconds = 60 } };

        Assert.Equal(Now + TimeSpan.FromSeconds(60), Decide(pod, State(Running("a"))).LookAgainAt);
        Assert.Equal(
            ["end DeadlineExceeded"], Decide(pod, State(Running("a")), later: TimeSpan.FromSeconds(60)).Words());
    }

    [Fact]
    public void Restart_count_goes_on_from_the_api_when_the_runtime_forgot()
    {
        var pod = NewPod(containers: "a");
        pod = pod with
        {
            Status = new()
            {
                ContainerStatuses = [new() { Name = "a", ContainerID = "containerd://x", RestartCount = 4 }],
            },
        };

        Assert.Equal(["start a 5"], Decide(pod, State()).Words());
    }

    [Fact]
    public void Restart_rules_of_a_container_come_before_the_pods_policy()
    {
        var pod = NewPod(RestartPolicy.Never, "a");
        var container = pod.Spec.Containers[0] with
        {
            RestartPolicy = ContainerRestartPolicy.Never,
            RestartPolicyRules =
            [
                new()
                {
                    Action = ContainerRestartRuleAction.Restart,
                    ExitCodes = new() { Operator = ContainerRestartRuleOnExitCodesOperator.In, Values = [42] },
                },
            ],
        };
        pod = pod with { Spec = pod.Spec with { Containers = [container] } };

        Assert.True(RestartRules.ShouldRestart(new(ContainerKind.Regular, container), pod.Spec, 42));
        Assert.False(RestartRules.ShouldRestart(new(ContainerKind.Regular, container), pod.Spec, 1));
    }
}
