using Netes.Api;
using Netes.Api.Core;
using static Netes.NodeTests.Pods.NodeFixture;

namespace Netes.NodeTests.Pods;

/// <summary>Pods from their creation to their end on a real containerd.</summary>
public sealed class PodLifecycleTests(NodeFixture node) : IClassFixture<NodeFixture>
{
    [Fact]
    public async Task Pod_runs_is_ready_and_leaves_nothing_when_deleted()
    {
        var created = await node.CreateAsync(NewPod("web", Busybox("c", "echo hello; exec sleep 1000")));

        var pod = await node.WaitAsync("web", pod => pod.Status.Phase == PodPhase.Running && IsReady(pod));

        Assert.StartsWith("10.199.0.", pod.Status.PodIP, StringComparison.Ordinal);
        Assert.Equal("BestEffort", pod.Status.QOSClass);
        Assert.NotNull(pod.Status.ContainerStatuses[0].State.Running);
        Assert.StartsWith("containerd://", pod.Status.ContainerStatuses[0].ContainerID, StringComparison.Ordinal);
        Assert.Equal("hello\n", await node.LogAsync(pod, "c", "hello\n"));

        await node.Client.DeleteAsync<Pod>("default", "web", null, node.Limit);
        await node.WaitGoneAsync("web");
        await node.NoSandboxAsync(created);
        await Eventually.Async("no folder", () => Directory.Exists(node.Options.PodDirectory(created.Metadata.Uid)),
            exists => !exists);
        await node.EventAsync("web", "Normal Created Container created");
        await node.EventAsync("web", "Normal Started Container started");
        await node.EventAsync("web", "Normal Killing Stopping container c");
    }

    [Fact]
    public async Task Container_that_crashes_is_restarted_and_held_back()
    {
        await node.CreateAsync(NewPod("crash", Busybox("c", "echo try; echo why >/dev/termination-log; exit 3")));

        var pod = await node.WaitAsync("crash", pod => pod.Status.ContainerStatuses is [{ RestartCount: 1 } status]
            && status.State.Waiting?.Reason == "CrashLoopBackOff");

        var status = pod.Status.ContainerStatuses[0];
        Assert.Equal(PodPhase.Running, pod.Status.Phase);
        Assert.Equal("back-off 10s restarting failed container=c "
            + $"pod=crash_default({pod.Metadata.Uid})", status.State.Waiting!.Message);
        Assert.Equal(3, status.LastTerminationState.Terminated!.ExitCode);
        Assert.Equal("Error", status.LastTerminationState.Terminated.Reason);
        Assert.Equal("why\n", status.LastTerminationState.Terminated.Message);
        Assert.Equal("try\n", await node.LogAsync(pod, "c", "\n", restart: 1));
        await node.EventAsync("crash",
            $"Warning BackOff Back-off restarting failed container c in pod crash_default({pod.Metadata.Uid})");
    }

    [Fact]
    public async Task Pod_that_is_not_restarted_succeeds_or_fails()
    {
        await node.CreateAsync(Never(NewPod("good", Busybox("c", "echo done"))));
        await node.CreateAsync(Never(NewPod("bad", Busybox("c", "exit 7"))));

        var good = await node.WaitAsync("good", pod => pod.Status.Phase == PodPhase.Succeeded);
        var bad = await node.WaitAsync("bad", pod => pod.Status.Phase == PodPhase.Failed);

        Assert.Equal("Completed", good.Status.ContainerStatuses[0].State.Terminated!.Reason);
        Assert.Equal("PodCompleted", good.Status.Conditions.AsEnumerable().First(c => c.Type == PodConditionType.Ready)
            .Reason);
        Assert.Equal(7, bad.Status.ContainerStatuses[0].State.Terminated!.ExitCode);
        Assert.Equal("PodFailed", bad.Status.Conditions.AsEnumerable().First(c => c.Type == PodConditionType.Ready)
            .Reason);
    }

    [Fact]
    public async Task Init_containers_run_in_order_and_a_sidecar_stays_until_the_end()
    {
        var pod = NewPod("init", Busybox("main", "sleep 0.3; cat /work/log; echo main"));
        var mount = new VolumeMount { Name = "work", MountPath = "/work" };
        Container Mounted(Container container) => container with { VolumeMounts = [mount] };
        pod = Never(pod with
        {
            Spec = pod.Spec with
            {
                Volumes = [new() { Name = "work", VolumeSource = new() { EmptyDir = new() } }],
                InitContainers =
                [
                    Mounted(Busybox("first", "echo first >>/work/log")),
                    Mounted(Busybox("side", "echo side >>/work/log; exec sleep 1000"))
                        with { RestartPolicy = ContainerRestartPolicy.Always },
                    Mounted(Busybox("second", "echo second >>/work/log")),
                ],
                Containers = [Mounted(pod.Spec.Containers[0])],
            },
        });
        await node.CreateAsync(pod);

        var done = await node.WaitAsync("init", pod => pod.Status.Phase == PodPhase.Succeeded);

        Assert.Equal("first\nside\nsecond\nmain\n", await node.LogAsync(done, "main", "main\n"));
        Assert.Equal(["first", "side", "second"], done.Status.InitContainerStatuses.Select(item => item.Name));
        Assert.NotNull(done.Status.InitContainerStatuses[1].State.Terminated);
    }

    [Fact]
    public async Task Init_container_that_fails_keeps_the_pod_pending()
    {
        var pod = NewPod("initfail", Busybox("main", "sleep 1000"));
        await node.CreateAsync(pod with { Spec = pod.Spec with { InitContainers = [Busybox("i", "exit 1")] } });

        var seen = await node.WaitAsync("initfail", pod =>
            pod.Status.InitContainerStatuses is [{ State.Waiting.Reason: "CrashLoopBackOff" }]);

        Assert.Equal(PodPhase.Pending, seen.Status.Phase);
        Assert.Equal("PodInitializing", seen.Status.ContainerStatuses[0].State.Waiting!.Reason);
        var initialized = seen.Status.Conditions.AsEnumerable().First(c => c.Type == PodConditionType.Initialized);
        Assert.Equal("containers with incomplete status: [i]", initialized.Message);
    }

    [Fact]
    public async Task Image_that_is_not_there_is_said_so()
    {
        var container = Busybox("c", "true");
        await node.CreateAsync(NewPod("never", container with
        {
            Image = "nothing/here:1", ImagePullPolicy = PullPolicy.Never,
        }));
        await node.CreateAsync(NewPod("pull", container with { Image = "127.0.0.1:1/nothing:1" }));
        await node.CreateAsync(NewPod("invalid", container with { Image = "Not An Image" }));

        var never = await node.WaitAsync("never", pod => Waiting(pod) == "ErrImageNeverPull");
        Assert.Equal("Container image \"nothing/here:1\" is not present with pull policy of Never",
            never.Status.ContainerStatuses[0].State.Waiting!.Message);
        await node.ToldAsync(status => status["containerStatuses"]?[0] is { } container
            && (string?)container["image"] == "127.0.0.1:1/nothing:1"
            && (string?)container["state"]?["waiting"]?["reason"] == "ErrImagePull");
        await node.WaitAsync("pull", pod => Waiting(pod) == "ImagePullBackOff");
        await node.WaitAsync("invalid", pod => Waiting(pod) == "InvalidImageName");
        await node.EventAsync("pull", "Normal BackOff Back-off pulling image \"127.0.0.1:1/nothing:1\"");
        await node.Client.DeleteAsync<Pod>("default", "pull", null, node.Limit);
        await node.WaitGoneAsync("pull");
    }

    [Fact]
    public async Task Stop_signal_and_pre_stop_come_before_the_end()
    {
        var folder = node.Machine.Folder + "/out";
        Directory.CreateDirectory(folder);
        var container = Busybox("c", "trap 'echo term >>/out/log; exit 0' TERM; while true; do sleep 0.05; done") with
        {
            VolumeMounts = [new() { Name = "out", MountPath = "/out" }],
            Lifecycle = new()
            {
                PostStart = new() { Exec = new() { Command = ["sh", "-c", "echo post >>/out/log"] } },
                PreStop = new() { Exec = new() { Command = ["sh", "-c", "echo pre >>/out/log"] } },
            },
        };
        var pod = NewPod("stop", container);
        await node.CreateAsync(pod with
        {
            Spec = pod.Spec with
            {
                TerminationGracePeriodSeconds = 20,
                Volumes = [new() { Name = "out", VolumeSource = new() { HostPath = new() { Path = folder } } }],
            },
        });
        await node.WaitAsync("stop", IsReady);

        await node.Client.DeleteAsync<Pod>("default", "stop", null, node.Limit);
        await node.WaitGoneAsync("stop");

        Assert.Equal("post\npre\nterm\n", await File.ReadAllTextAsync(folder + "/log", node.Limit));
    }

    [Fact]
    public async Task Limits_reach_the_kernel_and_too_much_memory_is_the_end()
    {
        var container = Busybox("c", "sleep 0.2; dd if=/dev/zero of=/dev/null bs=200M count=1") with
        {
            Resources = new()
            {
                Limits = ValueMap.Of(("memory", Quantity.Parse("32Mi")), ("cpu", Quantity.Parse("500m"))),
                Requests = ValueMap.Of(("memory", Quantity.Parse("32Mi")), ("cpu", Quantity.Parse("250m"))),
            },
        };
        await node.CreateAsync(Never(NewPod("limits", container)));

        // The runtime learns of the end and of its reason from two sides.
        var pod = await node.WaitAsync("limits", pod => pod.Status.Phase == PodPhase.Failed
            && pod.Status.ContainerStatuses is [{ State.Terminated.Reason: "OOMKilled" }]);

        Assert.Equal(PodQOSClass.Burstable, pod.Status.QOSClass);
        Assert.Equal(137, pod.Status.ContainerStatuses[0].State.Terminated!.ExitCode);
    }

    [Fact]
    public async Task Deadline_ends_a_pod()
    {
        var pod = NewPod("late", Busybox("c", "exec sleep 1000"));
        await node.CreateAsync(pod with { Spec = pod.Spec with { ActiveDeadlineSeconds = 1 } });

        var failed = await node.WaitAsync("late", pod => pod.Status.Phase == PodPhase.Failed);

        Assert.Equal("DeadlineExceeded", failed.Status.Reason);
        Assert.Equal("Pod was active on the node longer than the specified deadline", failed.Status.Message);
        await node.WaitAsync("late", pod => pod.Status.ContainerStatuses[0].State.Terminated is not null);
    }

    private static Pod Never(Pod pod) => pod with { Spec = pod.Spec with { RestartPolicy = RestartPolicy.Never } };

    private static string? Waiting(Pod pod) =>
        pod.Status.ContainerStatuses.IsEmpty ? null : pod.Status.ContainerStatuses[0].State.Waiting?.Reason;

    private static bool IsReady(Pod pod) => ((IEnumerable<PodCondition>)pod.Status.Conditions).Any(condition =>
        condition is { Type: PodConditionType.Ready, Status: ConditionStatus.True });
}
