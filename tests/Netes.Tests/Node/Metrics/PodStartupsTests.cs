using Microsoft.Extensions.Time.Testing;
using Netes.Api;
using Netes.Api.Core;
using Netes.Api.Telemetry;
using Netes.Nodes.Metrics;
using Netes.Nodes.Pods;

namespace Netes.Tests.Node.Metrics;

/// <summary>
/// Goal: a pod's start is told once, from its creation to the watch's word, and the objective's time leaves out pulls
/// and init containers.
/// </summary>
public class PodStartupsTests
{
    private static readonly DateTimeOffset Created = new(2026, 1, 1, 0, 0, 0, TimeSpan.Zero);

    private readonly FakeTimeProvider _time = new(Created);
    private readonly MetricRegistry _registry = new();
    private readonly PodStartups _startups;

    public PodStartupsTests() => _startups = new(_registry, _time);

    [Fact]
    public void Start_without_pulls_is_told_once_with_the_time_of_the_watch()
    {
        _startups.Seen(NewPod());
        Pass(3);
        _startups.StatusWritten(Started(NewPod()));
        Pass(1);
        _startups.Seen(Started(NewPod()));
        Pass(9);
        _startups.Seen(Started(NewPod()));
        _startups.StatusWritten(Started(NewPod()));

        Shows("kubelet_pod_start_sli_duration_seconds_count 1", "kubelet_pod_start_sli_duration_seconds_sum 4",
            "kubelet_pod_start_sli_duration_seconds_bucket{le=\"3\"} 0",
            "kubelet_pod_start_sli_duration_seconds_bucket{le=\"4\"} 1",
            "kubelet_pod_start_total_duration_seconds_sum 4",
            "kubelet_first_network_pod_start_sli_duration_seconds 4");
    }

    [Fact]
    public void Watch_that_is_quicker_than_the_answer_counts()
    {
        _startups.Seen(NewPod());
        Pass(2);
        _startups.Seen(Started(NewPod()));
        Shows("# TYPE kubelet_pod_start_sli_duration_seconds histogram");
        Assert.DoesNotContain("sli_duration_seconds_count", Text, StringComparison.Ordinal);
        Pass(5);
        _startups.StatusWritten(Started(NewPod()));

        Shows("kubelet_pod_start_sli_duration_seconds_sum 2");
    }

    [Fact]
    public void Pulls_count_once_where_they_overlap_and_a_failed_one_lasts_until_it_succeeds()
    {
        _startups.Seen(NewPod());
        _startups.PullBegan("u1"); // fails
        Pass(5);
        _startups.PullBegan("u1");
        Pass(5);
        _startups.PullEnded("u1"); // 0..10
        Pass(1);
        _startups.PullEnded("u1"); // 5..11
        Pass(2);
        _startups.StatusWritten(Started(NewPod()));
        _startups.Seen(Started(NewPod()));

        Shows("kubelet_pod_start_total_duration_seconds_sum 13", "kubelet_pod_start_sli_duration_seconds_sum 2");
    }

    [Fact]
    public void Init_containers_are_left_out_each_once_and_sidecars_are_not()
    {
        var pod = NewPod();
        pod = pod with
        {
            Spec = pod.Spec with
            {
                InitContainers =
                [
                    new() { Name = "init" },
                    new() { Name = "side", RestartPolicy = ContainerRestartPolicy.Always },
                ],
            },
        };
        _startups.Seen(pod);
        var runtime = new PodRuntimeState
        {
            Containers = [Ended("i2", "init", 3), Ended("i1", "init", 4), Ended("s1", "side", 2)],
        };
        _startups.InitEnded(pod, runtime);
        _startups.InitEnded(pod, runtime);
        Pass(10);
        _startups.StatusWritten(Started(pod));
        _startups.Seen(Started(pod));

        Shows("kubelet_pod_start_total_duration_seconds_sum 10", "kubelet_pod_start_sli_duration_seconds_sum 3");
    }

    [Fact]
    public void Pods_with_volumes_of_their_own_count_in_the_total_only()
    {
        var pod = NewPod();
        pod = pod with
        {
            Spec = pod.Spec with
            {
                Volumes =
                [
                    new() { Name = "v", VolumeSource = new() { PersistentVolumeClaim = new() { ClaimName = "c" } } },
                ],
            },
        };
        _startups.Seen(pod);
        _startups.StatusWritten(Started(pod));
        _startups.Seen(Started(pod));

        Shows("kubelet_pod_start_total_duration_seconds_count 1");
        Assert.DoesNotContain("pod_start_sli_duration_seconds_count", Text, StringComparison.Ordinal);
    }

    [Fact]
    public void Pods_that_were_there_could_not_be_placed_or_are_gone_are_not_told()
    {
        var before = NewPod() with { Status = new() { StartTime = Timestamp.From(Created) } };
        Live(before);
        var waited = NewPod() with
        {
            Status = new() { Conditions = [new() { Type = PodConditionType.PodScheduled, Status = "False" }] },
        };
        Live(waited);
        _startups.Forget("u1");
        Live(NewPod() with { Status = new() { Phase = PodPhase.Failed } });

        Assert.DoesNotContain("_count", Text, StringComparison.Ordinal);
        Assert.Equal(0, _startups.Count);

        void Live(Pod pod)
        {
            _startups.Seen(pod);
            _startups.StatusWritten(Started(pod));
            _startups.Seen(Started(pod));
        }
    }

    private string Text => NodeMetricsTests.TextOf(_registry);

    private void Pass(int seconds) => _time.Advance(TimeSpan.FromSeconds(seconds));

    private static RuntimeContainer Ended(string id, string name, int seconds) => new()
    {
        Id = id, Name = name, SandboxId = "s", State = RuntimeContainerState.Exited, StartedAt = Created,
        FinishedAt = Created.AddSeconds(seconds),
    };

    private static Pod NewPod() => new()
    {
        Metadata = new() { Name = "a", Uid = "u1", CreationTimestamp = Timestamp.From(Created) },
        Spec = new() { Containers = [new() { Name = "c" }] },
        Status = new() { Phase = PodPhase.Pending },
    };

    private static Pod Started(Pod pod) => pod with
    {
        Status = pod.Status with
        {
            Phase = pod.Status.Phase is PodPhase.Failed ? PodPhase.Failed : PodPhase.Running,
            ContainerStatuses =
            [
                new() { Name = "c", State = new() { Running = new() { StartedAt = Timestamp.From(Created) } } },
            ],
        },
    };

    private void Shows(params string[] lines)
    {
        var text = Text;
        Assert.All(lines, line => Assert.Contains(line + "\n", text, StringComparison.Ordinal));
    }
}
