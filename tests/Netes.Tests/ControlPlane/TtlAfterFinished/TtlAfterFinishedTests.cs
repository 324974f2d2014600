using Netes.Api.Batch;
using Netes.Api.Core;
using Netes.ControlPlane;
using Netes.Tests.ControlPlane.Crashes;
using Netes.Tests.ControlPlane.Jobs;

namespace Netes.Tests.ControlPlane.TtlAfterFinished;

public sealed class TtlAfterFinishedTests
{
    [Fact]
    public async Task FinishedJob_GoesWithItsPodsWhenItsTimeIsOver()
    {
        await using var world = await JobWorld.StartAsync(
            [
                "ttl-after-finished-controller", "job-controller", "generic-garbage-collector",
                "service-account-controller",
            ],
            (_, time) => PlayedKubelet.Ended(0, time));
        var (cluster, client) = (world.Cluster, world.Cluster.Client);
        await client.CreateAsync(WithTtl("short", 5), TestCluster.Cancel);
        await client.CreateAsync(JobObjects.NewJob("kept"), TestCluster.Cancel);
        await cluster.WaitForAsync<Job>("default", "short", job => job is null);
        await cluster.WaitForListAsync<Pod>("default", pods =>
            pods.All(pod => pod.Metadata.OwnerReferences[0].Name == "kept"));
        await cluster.WaitForAsync<Job>("default", "kept", job => job is { Status.Succeeded: 1 });
    }

    [Fact]
    public Task ControllerDies_JobGoesAllTheSame() => CrashScenarios.LiveAsync(
        ["ttl-after-finished-controller"], async (cluster, time) =>
        {
            var job = await cluster.Client.CreateAsync(WithTtl("work", 5), TestCluster.Cancel);
            var verdict = JobConditions.SuccessCriteriaMet("", "", time.GetUtcNow());
            await cluster.Client.UpdateStatusAsync(
                job with
                {
                    Status = JobTracking.Finished(
                        job.Status with { Conditions = [verdict] },
                        JobConditions.Final(verdict, time.GetUtcNow()), time.GetUtcNow())!,
                },
                TestCluster.Cancel);
            await cluster.WaitForAsync<Job>(
                "default", "work", found => found is null or { Metadata.DeletionTimestamp: not null });
        });

    [Fact]
    public void TimeBegins_WhenTheJobFinished()
    {
        var job = WithTtl("work", 60);
        Assert.Null(TtlAfterFinishedController.Expiry(job));
        var ended = job with
        {
            Status = new()
            {
                Conditions = [JobConditions.Final(JobConditions.FailureTarget("", "", Objects.Now), Objects.Now)],
            },
        };
        Assert.Equal(Objects.Now.AddSeconds(60), TtlAfterFinishedController.Expiry(ended));
    }

    private static Job WithTtl(string name, int seconds)
    {
        var job = JobObjects.NewJob(name);
        return job with { Spec = job.Spec with { TTLSecondsAfterFinished = seconds } };
    }
}
