using Netes.Api;
using Netes.Api.Batch;
using Netes.Api.Core;
using Netes.ControlPlane;
using static Netes.Tests.ControlPlane.Jobs.JobObjects;
using static Netes.Tests.ControlPlane.Objects;

namespace Netes.Tests.ControlPlane.Jobs;

public sealed class JobVerdictTests
{
    private static readonly PodFailurePolicyRule FailsAt42 = Rule(PodFailurePolicyAction.FailJob, 42);

    [Fact]
    public void FailuresBeyondTheLimit_FailTheJob()
    {
        var job = Stored(NewJob());
        job = job with { Spec = job.Spec with { BackoffLimit = 1 } };
        Assert.Null(Judge(job, JobPod(job, "a", PodPhase.Failed)));
        Check("BackoffLimitExceeded: Job has reached the specified backoff limit",
            Judge(job, JobPod(job, "a", PodPhase.Failed), JobPod(job, "b", PodPhase.Failed)));
    }

    [Fact]
    public void PodsThatAreCountedAlready_DoNotCountAgain()
    {
        var job = Stored(NewJob());
        var counted = JobPod(job, "a", PodPhase.Failed);
        counted = counted with { Metadata = counted.Metadata with { Finalizers = [] } };
        job = job with
        {
            Spec = job.Spec with { BackoffLimit = 2 },
            Status = new() { Failed = 1, UncountedTerminatedPods = new() { Failed = ["uid-b"] } },
        };
        Assert.Null(Judge(job, counted, JobPod(job, "b", PodPhase.Failed)));
        Assert.NotNull(Judge(job, counted, JobPod(job, "b", PodPhase.Failed), JobPod(job, "c", PodPhase.Failed)));
    }

    [Fact]
    public void RestartsInPlace_CountForTheLimit()
    {
        var job = Stored(NewJob());
        job = job with
        {
            Spec = job.Spec with
            {
                BackoffLimit = 3,
                Template = job.Spec.Template with
                {
                    Spec = job.Spec.Template.Spec with { RestartPolicy = RestartPolicy.OnFailure },
                },
            },
        };
        Assert.Null(Judge(job, Restarted(2)));
        Check("BackoffLimitExceeded: Job has reached the specified backoff limit", Judge(job, Restarted(3)));

        Pod Restarted(int restarts) => JobPod(job, "a") with
        {
            Status = new()
            {
                Phase = PodPhase.Running,
                ContainerStatuses = [new ContainerStatus { Name = "main", RestartCount = restarts }],
            },
        };
    }

    [Fact]
    public void Deadline_EndsTheJobUnlessItIsSuspended()
    {
        var job = Stored(NewJob());
        job = job with
        {
            Spec = job.Spec with { ActiveDeadlineSeconds = 60 },
            Status = new() { StartTime = Timestamp.From(Now.AddSeconds(-60)) },
        };
        Check("DeadlineExceeded: Job was active longer than specified deadline", Judge(job));
        Assert.Null(Judge(job with { Spec = job.Spec with { Suspend = true } }));
        var started = job with { Status = new() { StartTime = Timestamp.From(Now.AddSeconds(-50)) } };
        Assert.Null(Judge(started));
        Assert.Equal(TimeSpan.FromSeconds(10), JobVerdict.TimeLeft(View(started)));
        var patient = started with { Spec = job.Spec with { ActiveDeadlineSeconds = long.MaxValue } };
        Assert.True(JobVerdict.TimeLeft(View(patient)) > TimeSpan.FromDays(365_000));
    }

    [Fact]
    public void RuleFailJob_FailsTheJobAtOnce()
    {
        var job = WithPolicy(Stored(NewJob()), FailsAt42);
        Assert.Null(Judge(job, JobPod(job, "a", PodPhase.Failed).EndedAt(Now, 1)));
        Check("PodFailurePolicy: Container main for pod default/a failed with exit code 42 matching FailJob rule at index 0",
            Judge(job, JobPod(job, "a", PodPhase.Failed).EndedAt(Now, 42)));
    }

    [Fact]
    public void RuleOnConditions_SaysWhichMatched()
    {
        var job = WithPolicy(Stored(NewJob()), FailsAt42, new PodFailurePolicyRule
        {
            Action = PodFailurePolicyAction.FailJob,
            OnPodConditions =
                [new() { Type = PodConditionType.DisruptionTarget, Status = Netes.Api.Core.ConditionStatus.True }],
        });
        var evicted = JobPod(job, "a", PodPhase.Failed);
        evicted = evicted with
        {
            Status = evicted.Status with
            {
                Conditions =
                    [new() { Type = PodConditionType.DisruptionTarget, Status = Netes.Api.Core.ConditionStatus.True }],
            },
        };
        Check("PodFailurePolicy: Pod default/a has condition DisruptionTarget matching FailJob rule at index 1",
            Judge(job, evicted));
    }

    [Fact]
    public void RuleIgnore_DoesNotCount()
    {
        var job = WithPolicy(Stored(NewJob()), Rule(PodFailurePolicyAction.Ignore, 42));
        job = job with { Spec = job.Spec with { BackoffLimit = 0 } };
        Assert.Null(Judge(job, JobPod(job, "a", PodPhase.Failed).EndedAt(Now, 42)));
        Assert.NotNull(Judge(job, JobPod(job, "a", PodPhase.Failed).EndedAt(Now, 41)));
    }

    [Fact]
    public void FailedIndexes_FailTheJobWhenAllOthersAreDone()
    {
        var job = PerIndex(maxFailed: null);
        Assert.Null(Judge(job, Failed(job, "a", 0)));
        Check("FailedIndexes: Job has failed indexes",
            Judge(job, Failed(job, "a", 0), JobPod(job, "b", PodPhase.Succeeded, 1)));
    }

    [Fact]
    public void TooManyFailedIndexes_FailTheJobAtOnce()
    {
        var job = PerIndex(maxFailed: 0);
        Check("MaxFailedIndexesExceeded: Job has exceeded the specified maximal number of failed indexes",
            Judge(job, Failed(job, "a", 0)));
    }

    [Fact]
    public void RuleFailIndex_FailsTheIndexAtItsFirstFailure()
    {
        var job = WithPolicy(PerIndex(maxFailed: null), Rule(PodFailurePolicyAction.FailIndex, 42));
        job = job with { Spec = job.Spec with { BackoffLimitPerIndex = 5 } };
        var view = View(job, JobPod(job, "a", PodPhase.Failed, 0).EndedAt(Now, 42),
            JobPod(job, "b", PodPhase.Failed, 1).EndedAt(Now, 41));
        Assert.Equal("0", view.FailedIndexes!.ToString());
        Assert.Equal([1], view.Awaiting.Keys);
    }

    [Theory]
    [InlineData("0", null, true)]
    [InlineData("1", null, false)]
    [InlineData("0-1", 1, true)]
    [InlineData(null, 1, true)]
    [InlineData(null, 2, false)]
    public void SuccessPolicy_IsMetByIndexesOrTheirCount(string? indexes, int? count, bool met)
    {
        var job = Stored(NewJob(completions: 3).Indexed());
        job = job with
        {
            Spec = job.Spec with
            {
                SuccessPolicy = new()
                {
                    Rules =
                    [
                        new() { SucceededIndexes = "2" },
                        new() { SucceededIndexes = indexes, SucceededCount = count },
                    ],
                },
            },
        };
        var verdict = Judge(job, JobPod(job, "a", PodPhase.Succeeded, 0));
        Assert.Equal(met ? "SuccessCriteriaMet SuccessPolicy: Matched rules at index 1" : null,
            verdict is null ? null : $"{verdict.Type} {verdict.Reason}: {verdict.Message}");
    }

    [Fact]
    public void WhatWasDecidedBefore_StaysDecided()
    {
        var job = Stored(NewJob());
        job = job with
        {
            Status = new() { Conditions = [JobConditions.FailureTarget("DeadlineExceeded", "late", Now)] },
        };
        var verdict = Judge(job)!;
        Assert.Equal(("Failed", "DeadlineExceeded", "late"), (verdict.Type, verdict.Reason, verdict.Message));
    }

    internal static JobView View(Job job, params Pod[] pods) =>
        new(job, pods, new HashSet<string>(), JobBackoff.None, Now);

    private static JobCondition? Judge(Job job, params Pod[] pods) => JobVerdict.Of(View(job, pods));

    private static void Check(string expected, JobCondition? verdict)
    {
        Assert.Equal(JobConditionType.FailureTarget, verdict?.Type);
        Assert.Equal(expected, $"{verdict!.Reason}: {verdict.Message}");
    }

    private static Job WithPolicy(Job job, params PodFailurePolicyRule[] rules) =>
        job with { Spec = job.Spec with { PodFailurePolicy = new() { Rules = [.. rules] } } };

    private static PodFailurePolicyRule Rule(string action, int code) => new()
    {
        Action = action,
        OnExitCodes = new() { Operator = PodFailurePolicyOnExitCodesOperator.In, Values = [code] },
    };

    private static Job PerIndex(int? maxFailed)
    {
        var job = Stored(NewJob(completions: 2, parallelism: 2).Indexed());
        return job with { Spec = job.Spec with { BackoffLimitPerIndex = 0, MaxFailedIndexes = maxFailed,
            BackoffLimit = int.MaxValue } };
    }

    private static Pod Failed(Job job, string name, int index) => JobPod(job, name, PodPhase.Failed, index);
}
