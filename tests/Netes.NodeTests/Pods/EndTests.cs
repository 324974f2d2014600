using System.Diagnostics;
using Netes.Api;
using Netes.Api.Core;
using static Netes.NodeTests.Pods.NodeFixture;

namespace Netes.NodeTests.Pods;

/// <summary>How containers end, what they leave as their last words, and what they see of each other.</summary>
public sealed class EndTests(NodeFixture node) : IClassFixture<NodeFixture>
{
    [Fact]
    public async Task Container_that_hears_no_signal_is_killed_after_its_grace()
    {
        await node.CreateAsync(NewPod("deaf", Busybox("c", "trap '' TERM; while true; do sleep 0.1; done")));
        var pod = await node.WaitAsync("deaf", pod => pod.Status.ContainerStatuses is [{ Ready: true }]);
        var start = Stopwatch.GetTimestamp();

        await node.Client.DeleteAsync<Pod>("default", "deaf", null, node.Limit);
        await node.WaitGoneAsync("deaf");

        Assert.InRange(Stopwatch.GetElapsedTime(start), TimeSpan.FromSeconds(2), TimeSpan.FromSeconds(29));
        Assert.Contains(node.Api.PodStatuses, status => IsKilled(status, pod.Status.ContainerStatuses[0].ContainerID));
    }

    [Fact]
    public async Task Pod_deleted_by_force_is_gone_at_once_and_ended_soon()
    {
        var deaf = Busybox("c", "trap '' TERM; while true; do sleep 0.1; done");
        var pod = await node.CreateAsync(NewPod("forced", deaf));
        await node.WaitAsync("forced", pod => pod.Status.ContainerStatuses is [{ Ready: true }]);

        await node.Client.DeleteAsync<Pod>("default", "forced", new() { GracePeriodSeconds = 0 }, node.Limit);
        await node.WaitGoneAsync("forced");

        await node.NoSandboxAsync(pod);
        await Eventually.Async("no folder", () => Directory.Exists(node.Options.PodDirectory(pod.Metadata.Uid)),
            exists => !exists);
    }

    [Fact]
    public async Task Last_words_come_from_the_file_or_of_a_failure_from_the_log()
    {
        var own = Busybox("own", "echo said >/tmp/words; exit 1") with { TerminationMessagePath = "/tmp/words" };
        var log = Busybox("log", "echo logged; exit 1") with
        {
            TerminationMessagePolicy = TerminationMessagePolicy.FallbackToLogsOnError,
        };
        var good = Busybox("good", "echo logged") with
        {
            TerminationMessagePolicy = TerminationMessagePolicy.FallbackToLogsOnError,
        };
        await node.CreateAsync(Never(NewPod("words", own, log, good)));

        var pod = await node.WaitAsync("words", pod => pod.Status.Phase == PodPhase.Failed);

        Assert.Equal(
            [("good", ""), ("log", "logged\n"), ("own", "said\n")],
            pod.Status.ContainerStatuses.Select(status => (status.Name, status.State.Terminated!.Message)));
    }

    [Fact]
    public async Task Hook_before_the_end_that_fails_delays_nothing()
    {
        await node.CreateAsync(NewPod("prestop", Busybox("c", "exec sleep 1000") with
        {
            Lifecycle = new() { PreStop = new() { Exec = new() { Command = ["false"] } } },
        }));
        await node.WaitAsync("prestop", pod => pod.Status.ContainerStatuses is [{ Ready: true }]);

        await node.Client.DeleteAsync<Pod>("default", "prestop", null, node.Limit);

        await node.EventAsync("prestop", "Warning FailedPreStopHook PreStopHook failed");
        await node.WaitGoneAsync("prestop");
    }

    [Fact]
    public async Task Times_of_many_years_are_waited_for_and_cut_short_by_what_happens()
    {
        var probe = new Probe
        {
            ProbeHandler = new() { Exec = new() { Command = ["true"] } },
            PeriodSeconds = int.MaxValue,
            TimeoutSeconds = int.MaxValue,
        };
        var pod = NewPod("patient", Busybox("c", "trap 'exit 0' TERM; while true; do sleep 0.1; done") with
        {
            Lifecycle = new() { PreStop = new() { Exec = new() { Command = ["true"] } } },
            ReadinessProbe = probe,
            LivenessProbe = probe with { InitialDelaySeconds = int.MaxValue },
        });
        await node.CreateAsync(pod with
        {
            Spec = pod.Spec with
            {
                ActiveDeadlineSeconds = int.MaxValue,
                TerminationGracePeriodSeconds = long.MaxValue,
            },
        });
        await node.WaitAsync("patient", pod => pod.Status.ContainerStatuses is [{ Ready: true }]);

        await node.Client.DeleteAsync<Pod>("default", "patient", null, node.Limit);

        await node.WaitGoneAsync("patient");
    }

    [Fact]
    public async Task Containers_that_share_processes_see_each_other_and_share_volumes()
    {
        var mount = new VolumeMount { Name = "v", MountPath = "/v" };
        var pod = NewPod("together",
            Busybox("writer", "id -G >/v/groups; echo shared >/v/word; exec sleep 4321") with
            {
                VolumeMounts = [mount], SecurityContext = new() { RunAsUser = 1000 },
            },
            Busybox("reader", "until ps | grep -q '[s]leep 4321'; do sleep 0.05; done; cat /v/word /v/groups;"
                + " touch /v/new 2>/dev/null || echo readonly; stat -c %g /v; exec sleep 1000") with
            {
                VolumeMounts = [mount with { ReadOnly = true }],
            });
        await node.CreateAsync(pod with
        {
            Spec = pod.Spec with
            {
                ShareProcessNamespace = true,
                SecurityContext = new() { FSGroup = 2000, SupplementalGroups = [3000] },
                Volumes = [new() { Name = "v", VolumeSource = new() { EmptyDir = new() } }],
            },
        });

        var running = await node.WaitAsync("together", pod => pod.Status.Phase == PodPhase.Running);
        var log = await node.LogAsync(running, "reader", "readonly\n2000\n");
        Assert.Equal("shared\n0 2000 3000\nreadonly\n2000\n", log);
    }

    [Fact]
    public async Task Container_that_must_not_be_root_and_is_is_refused()
    {
        await node.CreateAsync(NewPod("root", Busybox("c", "true") with
        {
            SecurityContext = new() { RunAsNonRoot = true },
        }));

        var pod = await node.WaitAsync("root", pod =>
            pod.Status.ContainerStatuses is [{ State.Waiting.Reason: "CreateContainerConfigError" }]);

        Assert.StartsWith("container has runAsNonRoot and image will run as root (pod: \"root_default(",
            pod.Status.ContainerStatuses[0].State.Waiting!.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Sub_path_that_leads_out_of_its_volume_is_refused_without_a_word_of_the_machine()
    {
        var mount = new VolumeMount { Name = "v", MountPath = "/v" };
        var pod = NewPod("escape", Busybox("c", "true") with
        {
            VolumeMounts = [mount with { SubPath = "out/etc" }],
        });
        await node.CreateAsync(pod with
        {
            Spec = pod.Spec with
            {
                InitContainers = [Busybox("i", "ln -s / /v/out") with { VolumeMounts = [mount] }],
                Volumes = [new() { Name = "v", VolumeSource = new() { EmptyDir = new() } }],
            },
        });

        var refused = await node.WaitAsync("escape", pod =>
            pod.Status.ContainerStatuses is [{ State.Waiting.Reason: "CreateContainerConfigError" }]);

        Assert.Equal("failed to prepare subPath for volumeMount \"v\" of container \"c\"",
            refused.Status.ContainerStatuses[0].State.Waiting!.Message);
    }

    private static bool IsKilled(System.Text.Json.Nodes.JsonNode status, string id) =>
        status["containerStatuses"]?[0] is { } container && (string?)container["containerID"] == id
        && (int?)container["state"]?["terminated"]?["exitCode"] == 137;

    private static Pod Never(Pod pod) => pod with { Spec = pod.Spec with { RestartPolicy = RestartPolicy.Never } };
}
