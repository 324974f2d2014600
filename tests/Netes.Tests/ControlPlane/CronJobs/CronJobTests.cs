using Netes.Api.Batch;
using Netes.Api.Core;
using Netes.Tests.ControlPlane.Crashes;
using Netes.Tests.ControlPlane.Jobs;
using Patch = Netes.Client.Patch;

namespace Netes.Tests.ControlPlane.CronJobs;

/// <summary>The cron job controller on a real API server with a hasty clock.</summary>
public sealed class CronJobTests
{
    private static readonly string[] Accounts =
        ["cronjob-controller", "job-controller", "generic-garbage-collector", "service-account-controller"];

    [Fact]
    public async Task EveryMinute_AJobIsMadeAndTheOldestGoes()
    {
        await using var world = await JobWorld.StartAsync(Accounts, (_, time) => PlayedKubelet.Ended(0, time));
        var cluster = world.Cluster;
        await cluster.Client.CreateAsync(Cron(ConcurrencyPolicy.Allow), TestCluster.Cancel);
        var cron = await cluster.WaitForAsync<CronJob>(
            "default", "cron", found => found is { Status.LastSuccessfulTime: not null });
        Assert.NotNull(cron!.Status.LastScheduleTime);
        await cluster.WaitForListAsync<Event>("default", events =>
            events.Any(item => item.Reason == "SuccessfulCreate"
                && item.Message.StartsWith("Created job cron-", StringComparison.Ordinal))
            && events.Any(item => item.Reason == "SawCompletedJob"
                && item.Message.EndsWith(", condition: Complete", StringComparison.Ordinal))
            && events.Any(item => item.Reason == "SuccessfulDelete"
                && item.Message.StartsWith("Deleted job cron-", StringComparison.Ordinal)));
    }

    [Fact]
    public async Task Forbid_NoSecondJobWhileOneRuns()
    {
        await using var world = await JobWorld.StartAsync(Accounts, (_, _) => PlayedKubelet.Running);
        var cluster = world.Cluster;
        await cluster.Client.CreateAsync(Cron(ConcurrencyPolicy.Forbid), TestCluster.Cancel);
        await cluster.WaitForListAsync<Event>("default", events => events.Any(item => item is
        {
            Reason: "JobAlreadyActive",
            Message: "Not starting job because prior execution is running and concurrency policy is Forbid",
        }));
        Assert.Single((await cluster.Client.ListAsync<Job>("default", null, TestCluster.Cancel)).Items);
    }

    [Fact]
    public async Task Replace_TheJobThatRunsGoes()
    {
        await using var world = await JobWorld.StartAsync(Accounts, (_, _) => PlayedKubelet.Running);
        var cluster = world.Cluster;
        await cluster.Client.CreateAsync(Cron(ConcurrencyPolicy.Replace), TestCluster.Cancel);
        var first = (await cluster.WaitForListAsync<Job>("default", jobs => jobs.Count == 1))[0];
        await cluster.WaitForListAsync<Job>("default", jobs =>
            jobs.Count == 1 && jobs[0].Metadata.Name != first.Metadata.Name);
        await cluster.WaitForAsync<CronJob>("default", "cron", cron => cron is { Status.Active.Count: 1 });
    }

    [Fact]
    public async Task Suspended_NothingIsMadeUntilItGoesOn()
    {
        await using var world = await JobWorld.StartAsync(Accounts, (_, _) => PlayedKubelet.Running);
        var cluster = world.Cluster;
        var cron = Cron(ConcurrencyPolicy.Allow);
        await cluster.Client.CreateAsync(
            cron with { Spec = cron.Spec with { Suspend = true } }, TestCluster.Cancel);
        await cluster.Client.CreateAsync(
            cron with { Metadata = cron.Metadata with { Name = "other" } }, TestCluster.Cancel);
        var jobs = await cluster.WaitForListAsync<Job>("default", jobs => jobs.Count >= 2);
        Assert.All(jobs, job => Assert.StartsWith("other-", job.Metadata.Name));
        await cluster.Client.PatchAsync<CronJob>(
            "default", "cron", Patch.Merge("""{"spec":{"suspend":false}}"""), "", TestCluster.Cancel);
        await cluster.WaitForListAsync<Job>("default", jobs =>
            jobs.Any(job => job.Metadata.Name.StartsWith("cron-", StringComparison.Ordinal)));
    }

    [Fact]
    public async Task HistoryThatCannotBeDeleted_DoesNotHoldTheScheduleUp()
    {
        await using var world = await JobWorld.StartAsync(Accounts, (_, time) => PlayedKubelet.Ended(0, time),
            request => request.Method == HttpMethod.Delete
                && request.PathAndQuery.Contains("/jobs/cron-", StringComparison.Ordinal));
        var cluster = world.Cluster;
        var cron = Cron(ConcurrencyPolicy.Allow);
        await cluster.Client.CreateAsync(
            cron with { Spec = cron.Spec with { SuccessfulJobsHistoryLimit = 0 } }, TestCluster.Cancel);
        await cluster.WaitForListAsync<Event>("default", events =>
            events.Any(item => item is { Reason: "FailedDelete", Message: "Deleted job: not now" }));
        var known = (await cluster.Client.ListAsync<Job>("default", null, TestCluster.Cancel)).Items
            .Select(job => job.Metadata.Name).ToHashSet();
        await cluster.WaitForListAsync<Job>(
            "default", jobs => jobs.Count(job => !known.Contains(job.Metadata.Name)) > 1);
        await cluster.WaitForAsync<CronJob>(
            "default", "cron", found => found is { Status: { LastSuccessfulTime: not null, Active.Count: 0 } });
        Assert.NotNull(
            Measured.Value(world.Metrics, "cronjob_controller_job_creation_skew_duration_seconds_count"));
    }

    [Fact]
    public Task ControllerDies_EachTimeGetsOneJob() => CrashScenarios.LiveAsync(
        ["cronjob-controller"], async (cluster, _) =>
        {
            var cron = Cron(ConcurrencyPolicy.Allow);
            await cluster.Client.CreateAsync(
                cron with { Spec = cron.Spec with { SuccessfulJobsHistoryLimit = 10 } }, TestCluster.Cancel);
            var jobs = await cluster.WaitForListAsync<Job>("default", jobs => jobs.Count >= 3);
            var times = jobs.Select(job =>
                job.Metadata.Annotations["batch.kubernetes.io/cronjob-scheduled-timestamp"]).ToList();
            Assert.Equal(times.Count, times.Distinct().Count());
            await cluster.WaitForAsync<CronJob>("default", "cron", found => jobs.All(job =>
                found!.Status.Active.Count(active => active.Uid == job.Metadata.Uid) == 1));
        });

    private static CronJob Cron(string policy) => new()
    {
        Metadata = new() { Namespace = "default", Name = "cron" },
        Spec = new()
        {
            Schedule = "* * * * *",
            ConcurrencyPolicy = policy,
            SuccessfulJobsHistoryLimit = 1,
            JobTemplate = new() { Spec = JobObjects.NewJob().Spec },
        },
    };
}
