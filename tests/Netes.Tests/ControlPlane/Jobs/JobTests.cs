using Netes.Api.Batch;
using Netes.Api.Core;
using Netes.Api.Meta;
using Netes.Client;
using static Netes.Tests.ControlPlane.Jobs.JobObjects;
using Patch = Netes.Client.Patch;

namespace Netes.Tests.ControlPlane.Jobs;

/// <summary>The job controller on a real API server; the test plays the node, and the controller's clock runs fast.
/// </summary>
public sealed class JobTests
{
    [Fact]
    public async Task Job_CompletesAndTellsOfIt()
    {
        await using var world = await WorldAsync(0);
        await world.Cluster.Client.CreateAsync(NewJob(completions: 2, parallelism: 1), TestCluster.Cancel);
        var job = await EndAsync(world.Cluster, JobConditionType.Complete);
        Assert.Equal(["SuccessCriteriaMet", "Complete"], job.Status.Conditions.Select(condition => condition.Type));
        Assert.All(job.Status.Conditions, condition => Assert.Equal(
            ("CompletionsReached", "Reached expected number of succeeded pods"),
            (condition.Reason, condition.Message)));
        Assert.NotNull(job.Status.CompletionTime);
        var events = await world.Cluster.WaitForListAsync<Event>(
            "default", items => items.Any(item => item.Reason == "Completed"));
        Assert.Contains(events, item => item.Reason == "SuccessfulCreate"
            && item.Message.StartsWith("Created pod: work-", StringComparison.Ordinal));
        Assert.Equal("Job completed", events.First(item => item.Reason == "Completed").Message);
    }

    [Fact]
    public async Task FailingJob_EndsAtItsLimit()
    {
        await using var world = await WorldAsync(1);
        var job = NewJob();
        await world.Cluster.Client.CreateAsync(
            job with { Spec = job.Spec with { BackoffLimit = 2 } }, TestCluster.Cancel);
        var failed = await EndAsync(world.Cluster, JobConditionType.Failed);
        Assert.Equal(3, failed.Status.Failed);
        var times = (await world.Cluster.Client.ListAsync<Pod>("default", null, TestCluster.Cancel)).Items
            .Select(pod => pod.Status.ContainerStatuses[0].State!.Terminated!.FinishedAt!.Value.UnixSeconds)
            .Order().ToList();
        Assert.InRange(times[1] - times[0], 10, int.MaxValue);
        Assert.InRange(times[2] - times[1], 20, int.MaxValue);
        await world.Cluster.WaitForListAsync<Event>("default", items => items.Any(item =>
            item.Reason == "BackoffLimitExceeded"
            && item.Message == "Job has reached the specified backoff limit"));
    }

    [Fact]
    public async Task SuspendedJob_LosesItsPodsWithoutCountingAndGoesOn()
    {
        await using var world = await WorldAsync(null);
        var (cluster, client) = (world.Cluster, world.Cluster.Client);
        await client.CreateAsync(NewJob(completions: 2, parallelism: 2), TestCluster.Cancel);
        await cluster.WaitForAsync<Job>("default", "work", job => job is { Status: { Active: 2, Ready: 2 } });
        await client.PatchAsync<Job>(
            "default", "work", Patch.Merge("""{"spec":{"suspend":true}}"""), "", TestCluster.Cancel);
        await cluster.WaitForListAsync<Pod>("default", pods => pods.Count == 0);
        var suspended = await cluster.WaitForAsync<Job>(
            "default", "work", job => job is { Status: { Active: 0, Terminating: 0 } });
        Assert.Equal(("True", "JobSuspended"), (Condition(suspended!, JobConditionType.Suspended)!.Status,
            Condition(suspended!, JobConditionType.Suspended)!.Reason));
        await client.PatchAsync<Job>(
            "default", "work", Patch.Merge("""{"spec":{"suspend":false}}"""), "", TestCluster.Cancel);
        var resumed = await cluster.WaitForAsync<Job>("default", "work", job => job is { Status.Active: 2 });
        Assert.Equal(0, resumed!.Status.Failed);
        await cluster.WaitForListAsync<Event>("default", items =>
            items.Any(item => item is { Reason: "Suspended", Message: "Job suspended" })
            && items.Any(item => item is { Reason: "Resumed", Message: "Job resumed" }));
    }

    [Fact]
    public async Task DeletedJob_ItsPodsLoseTheirFinalizer()
    {
        await using var world = await WorldAsync(null);
        await world.Cluster.Client.CreateAsync(NewJob(), TestCluster.Cancel);
        await world.Cluster.WaitForAsync<Job>("default", "work", job => job is { Status.Ready: 1 });
        await world.Cluster.Client.DeleteAsync<Job>("default", "work",
            new DeleteOptions { PropagationPolicy = DeletionPropagation.Background }, TestCluster.Cancel);
        await world.Cluster.WaitForListAsync<Pod>("default", pods => pods.Count == 0);
    }

    [Fact]
    public async Task OrphanWithTheLabels_IsAdoptedAndCounts()
    {
        await using var world = await WorldAsync(0);
        var client = world.Cluster.Client;
        var job = NewJob();
        job = job with
        {
            Spec = job.Spec with
            {
                ManualSelector = true,
                Suspend = true,
                Selector = new() { MatchLabels = Netes.Api.ValueMap.Of(("app", "own")) },
                Template = job.Spec.Template with
                {
                    Metadata = new() { Labels = Netes.Api.ValueMap.Of(("app", "own")) },
                },
            },
        };
        await client.CreateAsync(
            new Pod
            {
                Metadata = new() { Namespace = "default", Name = "orphan", Labels = job.Spec.Template.Metadata.Labels },
                Spec = job.Spec.Template.Spec,
            },
            TestCluster.Cancel);
        await world.Cluster.WaitForAsync<Pod>(
            "default", "orphan", pod => pod is { Status.Phase: PodPhase.Succeeded });
        await client.CreateAsync(job, TestCluster.Cancel);
        await EndAsync(world.Cluster, JobConditionType.Complete);
        var pods = (await client.ListAsync<Pod>("default", null, TestCluster.Cancel)).Items;
        Assert.Equal("work", Assert.Single(Assert.Single(pods).Metadata.OwnerReferences).Name);
    }

    [Fact]
    public async Task JobOfAnotherManager_IsLeftAlone()
    {
        await using var world = await WorldAsync(0);
        var client = world.Cluster.Client;
        var foreign = NewJob("foreign");
        await client.CreateAsync(
            foreign with { Spec = foreign.Spec with { ManagedBy = "acme.io/queue" } }, TestCluster.Cancel);
        await client.CreateAsync(NewJob(), TestCluster.Cancel);
        await EndAsync(world.Cluster, JobConditionType.Complete);
        var untouched = await client.GetAsync<Job>("default", "foreign", TestCluster.Cancel);
        Assert.Equal(JobStatus.Empty, untouched.Status);
    }

    [Fact]
    public async Task EndedJob_IsMeasured()
    {
        await using var world = await WorldAsync(0);
        var client = world.Cluster.Client;
        var foreign = NewJob("foreign");
        await client.CreateAsync(
            foreign with { Spec = foreign.Spec with { ManagedBy = "acme.io/queue" } }, TestCluster.Cancel);
        await client.CreateAsync(NewJob(completions: 2, parallelism: 2), TestCluster.Cancel);
        await EndAsync(world.Cluster, JobConditionType.Complete);
        await world.Cluster.WaitForListAsync<Event>(
            "default", items => items.Any(item => item.Reason == "Completed"));
        string? Value(string name, string labels) =>
            Measured.Value(world.Metrics, $"job_controller_{name}{{{labels}}}");
        Assert.Equal(
            ("1", "2", "2", "1"),
            (Value("jobs_finished_total", "completion_mode=\"NonIndexed\",result=\"succeeded\",reason=\"\""),
                Value("job_pods_finished_total", "completion_mode=\"NonIndexed\",result=\"succeeded\""),
                Value("job_pods_creation_total", "reason=\"new\",status=\"succeeded\""),
                Value("jobs_by_external_controller_total", "controller_name=\"acme.io/queue\"")));
        var sync = "completion_mode=\"NonIndexed\",result=\"success\",action=\"pods_created\"";
        Assert.Equal(Value("job_syncs_total", sync), Value("job_sync_duration_seconds_count", sync));
        Assert.NotNull(Value("job_syncs_total", sync));
        Assert.Equal("2", Value("terminated_pods_tracking_finalizer_total", "event=\"add\""));
    }

    [Fact]
    public async Task PodOfAFormerJobOfTheName_LosesItsFinalizer()
    {
        await using var world = await WorldAsync(null);
        var client = world.Cluster.Client;
        var job = NewJob();
        await client.CreateAsync(job with { Spec = job.Spec with { Suspend = true } }, TestCluster.Cancel);
        await world.Cluster.WaitForAsync<Job>("default", "work", found =>
            found is not null && Condition(found, JobConditionType.Suspended) is not null);
        await client.CreateAsync(
            new Pod
            {
                Metadata = new()
                {
                    Namespace = "default",
                    Name = "left",
                    Finalizers = [Netes.ControlPlane.JobPods.Finalizer],
                    OwnerReferences =
                    [
                        new()
                        {
                            ApiVersion = "batch/v1", Kind = "Job", Name = "work", Uid = "former", Controller = true,
                        },
                    ],
                },
                Spec = job.Spec.Template.Spec,
            },
            TestCluster.Cancel);
        await world.Cluster.WaitForAsync<Pod>("default", "left", pod => pod is null);
    }

    private static async Task<Job> EndAsync(TestCluster cluster, string condition) =>
        (await cluster.WaitForAsync<Job>(
            "default", "work", job => job is not null && Condition(job, condition) is not null))!;

    private static Task<JobWorld> WorldAsync(int? exitCode) => JobWorld.StartAsync(
        ["job-controller", "generic-garbage-collector", "service-account-controller"],
        (_, time) => exitCode is { } code ? PlayedKubelet.Ended(code, time) : PlayedKubelet.Running);
}
