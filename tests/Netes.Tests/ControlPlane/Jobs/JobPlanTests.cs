using Netes.Api;
using Netes.Api.Batch;
using Netes.Api.Core;
using Netes.ControlPlane;
using static Netes.Tests.ControlPlane.Jobs.JobObjects;
using static Netes.Tests.ControlPlane.Objects;

namespace Netes.Tests.ControlPlane.Jobs;

public sealed class JobPlanTests
{
    [Theory]
    [InlineData(5, 2, 0, 0, 2)]
    [InlineData(5, 2, 1, 0, 1)]
    [InlineData(5, 2, 0, 4, 1)]
    [InlineData(5, 0, 0, 0, 0)]
    [InlineData(5, 2, 0, 5, 0)]
    [InlineData(null, 2, 0, 0, 2)]
    [InlineData(null, 2, 1, 1, 0)]
    [InlineData(2000, 1000, 0, 0, 500)]
    public void MissingPods_AreMade(int? completions, int parallelism, int active, int succeeded, int expected)
    {
        var job = Stored(NewJob(completions: completions, parallelism: parallelism));
        job = job with { Status = new() { Succeeded = succeeded } };
        var steps = Manage(job, [.. Enumerable.Range(0, active).Select(number => JobPod(job, $"pod-{number}"))]);
        Assert.Equal((expected, 0), (steps.Create.Count, steps.Delete.Count));
    }

    [Fact]
    public void LessParallelism_TakesPodsThatDidLeastFirst()
    {
        var job = Stored(NewJob(completions: 5, parallelism: 1));
        var steps = Manage(job, JobPod(job, "runs"), JobPod(job, "waits", PodPhase.Pending),
            JobPod(job, "restarted") with
            {
                Status = new()
                {
                    Phase = PodPhase.Running, ContainerStatuses = [new() { Name = "main", RestartCount = 3 }],
                },
            });
        Assert.Equal(["waits", "restarted"], steps.Delete.Select(pod => pod.Metadata.Name));
    }

    [Fact]
    public void LessParallelism_PodWhoseSidecarRestartedMoreGoes()
    {
        var job = Stored(NewJob(completions: 5, parallelism: 1));
        var restarted = JobPod(job, "z");
        restarted = restarted with
        {
            Spec = restarted.Spec with
            {
                InitContainers = [new() { Name = "side", RestartPolicy = ContainerRestartPolicy.Always }],
            },
            Status = restarted.Status with { InitContainerStatuses = [new() { Name = "side", RestartCount = 2 }] },
        };
        Assert.Equal("z", Assert.Single(Manage(job, JobPod(job, "a"), restarted).Delete).Metadata.Name);
    }

    [Fact]
    public void WaitOfLessThanABatch_IsABatch()
    {
        var job = Stored(NewJob());
        var view = new JobView(
            job, [], new HashSet<string>(), new JobBackoff(1, Now - TimeSpan.FromSeconds(9.5)), Now);
        Assert.Equal(TimeSpan.FromSeconds(1), JobPlan.Manage(view).Wait);
    }

    [Fact]
    public void Suspended_AllPodsGo()
    {
        var job = Stored(NewJob(completions: 5, parallelism: 2));
        job = job with { Spec = job.Spec with { Suspend = true } };
        Assert.Equal(2, Manage(job, JobPod(job, "a"), JobPod(job, "b")).Delete.Count);
    }

    [Fact]
    public void Indexes_TheLowestMissingFirst_TwinsAndStrangersGo()
    {
        var job = Stored(NewJob(completions: 4, parallelism: 3).Indexed());
        var steps = Manage(job, JobPod(job, "one", index: 1), JobPod(job, "done", PodPhase.Succeeded, 0));
        Assert.Equal([2, 3], steps.Create);
        steps = Manage(job, JobPod(job, "one", index: 1), JobPod(job, "twin", PodPhase.Pending, 1),
            JobPod(job, "far", index: 7), JobPod(job, "none"));
        Assert.Equal(["far", "none", "twin"], steps.Delete.Select(pod => pod.Metadata.Name).Order());
    }

    [Fact]
    public void FewerCompletions_CompletedIndexesBeyondDoNotCount()
    {
        var job = Stored(NewJob(completions: 2, parallelism: 2).Indexed());
        job = job with { Status = new() { CompletedIndexes = "0-4", Succeeded = 5 } };
        Assert.Equal(2, JobVerdictTests.View(job).Succeeded);
        Assert.NotNull(JobPlan.Complete(JobVerdictTests.View(job), active: 0));
        Assert.Null(JobPlan.Complete(JobVerdictTests.View(job), active: 1));
    }

    [Fact]
    public void Failures_DelayTheNextPod()
    {
        var job = Stored(NewJob(completions: 1));
        var steps = Manage(job, JobPod(job, "a", PodPhase.Failed).EndedAt(Now.AddSeconds(-4)));
        Assert.Equal((0, TimeSpan.FromSeconds(6)), (steps.Create.Count, steps.Wait));
        steps = Manage(job, JobPod(job, "a", PodPhase.Failed).EndedAt(Now.AddSeconds(-10)));
        Assert.Equal((1, null), (steps.Create.Count, steps.Wait));
    }

    [Theory]
    [InlineData(1, 10)]
    [InlineData(2, 20)]
    [InlineData(6, 320)]
    [InlineData(7, 600)]
    [InlineData(40, 600)]
    public void Backoff_Doubles(int failures, int seconds) =>
        Assert.Equal(TimeSpan.FromSeconds(seconds), new JobBackoff(failures, Now).Remaining(Now));

    [Fact]
    public void Success_EndsTheBackoffOfFailuresBefore()
    {
        var job = Stored(NewJob());
        Pod[] failed =
        [
            JobPod(job, "a").EndedAt(Now.AddSeconds(-30)), JobPod(job, "b").EndedAt(Now.AddSeconds(-5)),
        ];
        var before = new JobBackoff(4, Now.AddSeconds(-60));
        Assert.Equal(new JobBackoff(6, Now.AddSeconds(-5)), before.After([], failed));
        var succeeded = JobPod(job, "c").EndedAt(Now.AddSeconds(-20));
        Assert.Equal(new JobBackoff(1, Now.AddSeconds(-5)), before.After([succeeded], failed));
        Assert.Equal(JobBackoff.None, before.After([JobPod(job, "c").EndedAt(Now)], []));
    }

    [Fact]
    public void IndexesWithLimitsOfTheirOwn_WaitEachForItself()
    {
        var job = Stored(NewJob(completions: 3, parallelism: 3).Indexed());
        job = job with { Spec = job.Spec with { BackoffLimitPerIndex = 5 } };
        var steps = Manage(job,
            JobPod(job, "a", PodPhase.Failed, 0).EndedAt(Now.AddSeconds(-8)),
            JobPod(job, "b", PodPhase.Failed, 1).EndedAt(Now.AddSeconds(-8))
                .WithAnnotation("batch.kubernetes.io/job-index-failure-count", "1"));
        Assert.Equal([2], steps.Create);
        Assert.Equal(TimeSpan.FromSeconds(2), steps.Wait);
    }

    [Fact]
    public void ReplacingFailedPodsOnly_WaitsForThoseThatGo()
    {
        var job = Stored(NewJob(completions: 2, parallelism: 2));
        var ending = JobPod(job, "a");
        ending = ending with { Metadata = ending.Metadata with { DeletionTimestamp = Timestamp.From(Now) } };
        Assert.Equal(1, JobVerdictTests.View(job, ending).Failed);
        Assert.Equal((0, TimeSpan.FromSeconds(10)), (Manage(job, ending).Create.Count, Manage(job, ending).Wait));
        job = job with { Spec = job.Spec with { PodReplacementPolicy = PodReplacementPolicy.Failed } };
        Assert.Equal(0, JobVerdictTests.View(job, ending).Failed);
        Assert.Single(Manage(job, ending).Create);
    }

    [Fact]
    public void Resumed_ClockBeginsAnew()
    {
        var job = Stored(NewJob());
        job = job with
        {
            Status = new()
            {
                StartTime = Timestamp.From(Now.AddHours(-1)),
                Conditions =
                    [JobConditions.New("Suspended", ConditionStatus.True, "JobSuspended", "Job suspended", Now)],
            },
        };
        var status = JobPlan.Suspended(job, Now);
        Assert.Equal(Timestamp.From(Now), status.StartTime);
        var condition = Assert.Single(status.Conditions);
        Assert.Equal(("False", "JobResumed", "Job resumed"), (condition.Status, condition.Reason, condition.Message));
        Assert.Equal(status, JobPlan.Suspended(job with { Status = status }, Now.AddSeconds(9)));
    }

    [Fact]
    public void PodOfAnIndex_KnowsItsIndex()
    {
        var job = Stored(NewJob(name: new string('j', 60), completions: 2).Indexed());
        job = job with { Spec = job.Spec with { BackoffLimitPerIndex = 3 } };
        var first = JobPods.New(job, 12, null);
        Assert.Equal((new string('j', 54) + "-12-", new string('j', 60) + "-12"),
            (first.Metadata.GenerateName, first.Spec.Hostname));
        Assert.Equal("12", first.Metadata.Labels["batch.kubernetes.io/job-completion-index"]);
        Assert.Equal("0", first.Metadata.Annotations["batch.kubernetes.io/job-index-failure-count"]);
        var variable = Assert.Single(first.Spec.Containers[0].Env);
        Assert.Equal(("JOB_COMPLETION_INDEX", "metadata.labels['batch.kubernetes.io/job-completion-index']"),
            (variable.Name, variable.ValueFrom?.FieldRef?.FieldPath));
        Assert.Equal([JobPods.Finalizer], first.Metadata.Finalizers);
        var second = JobPods.New(job, 12, first);
        Assert.Equal("1", second.Metadata.Annotations["batch.kubernetes.io/job-index-failure-count"]);
    }

    private static JobSteps Manage(Job job, params Pod[] pods) => JobPlan.Manage(JobVerdictTests.View(job, pods));
}
