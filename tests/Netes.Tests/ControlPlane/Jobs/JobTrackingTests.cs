using Netes.Api.Batch;
using Netes.Api.Core;
using Netes.ControlPlane;
using static Netes.Tests.ControlPlane.Jobs.JobObjects;
using static Netes.Tests.ControlPlane.Objects;

namespace Netes.Tests.ControlPlane.Jobs;

public sealed class JobTrackingTests
{
    [Fact]
    public void EndedPods_AreNotedBeforeTheyAreFreeAndCountedAfter()
    {
        var job = Stored(NewJob(completions: 3, parallelism: 3));
        var view = JobVerdictTests.View(job, JobPod(job, "a", PodPhase.Succeeded), JobPod(job, "b", PodPhase.Failed),
            JobPod(job, "c"));
        var tracking = JobTracking.Plan(view, job.Status, null);
        Assert.Equal(new UncountedTerminatedPods { Succeeded = ["uid-a"], Failed = ["uid-b"] },
            tracking.Status.UncountedTerminatedPods);
        Assert.Equal((0, 0), (tracking.Status.Succeeded, tracking.Status.Failed));
        Assert.Equal(["a", "b"], tracking.Free.Select(pod => pod.Metadata.Name));
        var settled = JobTracking.Settled(tracking.Status, new HashSet<string> { "uid-b", "uid-c" });
        Assert.Equal((1, 0), (settled.Succeeded, settled.Failed));
        Assert.Equal(["uid-b"], settled.UncountedTerminatedPods!.Failed);
    }

    [Fact]
    public void NotedPodsWithoutFinalizer_AreCountedOnce()
    {
        var job = Stored(NewJob());
        job = job with { Status = new() { UncountedTerminatedPods = new() { Succeeded = ["uid-a", "uid-gone"] } } };
        var freed = JobPod(job, "a", PodPhase.Succeeded);
        freed = freed with { Metadata = freed.Metadata with { Finalizers = [] } };
        var tracking = JobTracking.Plan(JobVerdictTests.View(job, freed), job.Status, null);
        Assert.Equal((2, 0), (tracking.Status.Succeeded, tracking.Free.Count));
        Assert.Equal(tracking.Status, JobTracking.Plan(
            JobVerdictTests.View(job with { Status = tracking.Status }, freed), tracking.Status, null).Status);
    }

    [Fact]
    public void RulesThatMatched_AreTold()
    {
        var job = Stored(NewJob(completions: 3, parallelism: 3));
        PodFailurePolicyRule Rule(string action, int code) => new()
        {
            Action = action, OnExitCodes = new() { Operator = PodFailurePolicyOnExitCodesOperator.In, Values = [code] },
        };
        job = job with
        {
            Spec = job.Spec with
            {
                PodFailurePolicy = new()
                {
                    Rules = [Rule(PodFailurePolicyAction.Ignore, 1), Rule(PodFailurePolicyAction.Count, 2)],
                },
            },
        };
        Pod Failed(string name, int code) => JobPod(job, name, PodPhase.Failed).EndedAt(Now, code);
        var tracking = JobTracking.Plan(
            JobVerdictTests.View(job, Failed("a", 1), Failed("b", 2), Failed("c", 3)), job.Status, null);
        Assert.Equal(["Ignore", "Count"], tracking.Actions);
        Assert.Equal(["uid-b", "uid-c"], tracking.Status.UncountedTerminatedPods!.Failed);
    }

    [Fact]
    public void FinalizerThatIsAboutToGo_DoesNotCountAgain()
    {
        var job = Stored(NewJob());
        var view = new JobView(job, [JobPod(job, "a", PodPhase.Succeeded)], new HashSet<string> { "uid-a" },
            JobBackoff.None, Now);
        Assert.Equal(0, view.Succeeded);
        Assert.Empty(JobTracking.Plan(view, job.Status, null).Free);
    }

    [Fact]
    public void IndexedPods_CountByTheirIndex()
    {
        var job = Stored(NewJob(completions: 4, parallelism: 4).Indexed());
        job = job with { Status = new() { CompletedIndexes = "1", Succeeded = 1 } };
        var view = JobVerdictTests.View(job, JobPod(job, "again", PodPhase.Succeeded, 1),
            JobPod(job, "c", PodPhase.Succeeded, 2), JobPod(job, "far", PodPhase.Succeeded, 9));
        var tracking = JobTracking.Plan(view, job.Status, null);
        Assert.Equal(("1,2", 2), (tracking.Status.CompletedIndexes, tracking.Status.Succeeded));
        Assert.Equal(3, tracking.Free.Count);
        Assert.Equal(UncountedTerminatedPods.Empty, tracking.Status.UncountedTerminatedPods);
    }

    [Fact]
    public void JobFails_PodsThatStillRunFailWithIt()
    {
        var job = Stored(NewJob(parallelism: 2));
        var verdict = JobConditions.FailureTarget("DeadlineExceeded", "late", Now);
        var tracking = JobTracking.Plan(JobVerdictTests.View(job, JobPod(job, "a")), job.Status, verdict);
        Assert.Equal(["uid-a"], tracking.Status.UncountedTerminatedPods!.Failed);
        Assert.Equal([JobConditionType.FailureTarget], tracking.Status.Conditions.Select(condition => condition.Type));
        Assert.Null(JobTracking.Finished(tracking.Status, tracking.Final, Now));
        var settled = JobTracking.Settled(tracking.Status, new HashSet<string>());
        Assert.Null(JobTracking.Finished(settled with { Terminating = 1 }, tracking.Final, Now));
        var finished = JobTracking.Finished(settled with { Terminating = 0 }, tracking.Final, Now)!;
        Assert.Equal(["FailureTarget", "Failed"], finished.Conditions.Select(condition => condition.Type));
        Assert.Equal((1, null), (finished.Failed, finished.CompletionTime));
    }

    [Fact]
    public void TooManyAtOnce_ComeInPortions()
    {
        var job = Stored(NewJob(completions: 900, parallelism: 900));
        var pods = Enumerable.Range(0, 700).Select(number => JobPod(job, $"pod-{number}", PodPhase.Succeeded));
        var tracking = JobTracking.Plan(JobVerdictTests.View(job, [.. pods]), job.Status, null);
        Assert.Equal((500, 500, true),
            (tracking.Free.Count, tracking.Status.UncountedTerminatedPods!.Succeeded.Count, tracking.IsFull));
    }

    [Fact]
    public void FailedPodOfAnIndex_StaysUntilItWasReplaced()
    {
        var job = Stored(NewJob(completions: 2, parallelism: 2).Indexed());
        job = job with { Spec = job.Spec with { BackoffLimitPerIndex = 3 } };
        var failed = JobPod(job, "a", PodPhase.Failed, 0);
        Assert.Empty(JobTracking.Plan(JobVerdictTests.View(job, failed), job.Status, null).Free);
        var replaced = JobVerdictTests.View(job, failed, JobPod(job, "b", PodPhase.Running, 0));
        Assert.Equal(["a"], JobTracking.Plan(replaced, job.Status, null).Free.Select(pod => pod.Metadata.Name));
    }
}
