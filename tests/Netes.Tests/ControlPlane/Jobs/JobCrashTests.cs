using Netes.Api.Batch;
using Netes.Api.Core;
using Netes.Tests.ControlPlane.Crashes;
using static Netes.Tests.ControlPlane.Jobs.JobObjects;

namespace Netes.Tests.ControlPlane.Jobs;

/// <summary>The job controller dies around every write that it makes: each pod counts once, and none is left.</summary>
public sealed class JobCrashTests
{
    [Fact]
    public Task PodsSucceedAndFail_EachCountsOnce() => LiveAsync(async (cluster, time) =>
    {
        var failures = 1;
        Play(cluster, _ => PlayedKubelet.Ended(Interlocked.Decrement(ref failures) >= 0 ? 1 : 0, time));
        await cluster.Client.CreateAsync(NewJob(completions: 3, parallelism: 2), TestCluster.Cancel);
        var job = await EndAsync(cluster, JobConditionType.Complete);
        Assert.Equal((3, 1), (job.Status.Succeeded, job.Status.Failed));
        await AssertNothingIsLeftAsync(cluster, 4);
    });

    [Fact]
    public Task IndexedJob_EachIndexSucceedsOnce() => LiveAsync(async (cluster, time) =>
    {
        Play(cluster, pod => PlayedKubelet.Ended(
            pod.Metadata.Annotations["batch.kubernetes.io/job-completion-index"] == "1"
            && pod.Metadata.Annotations["batch.kubernetes.io/job-index-failure-count"] == "0" ? 1 : 0, time));
        var indexed = NewJob(completions: 3, parallelism: 3).Indexed();
        await cluster.Client.CreateAsync(
            indexed with { Spec = indexed.Spec with { BackoffLimitPerIndex = 1 } }, TestCluster.Cancel);
        var job = await EndAsync(cluster, JobConditionType.Complete);
        Assert.Equal((3, 1, "0-2"), (job.Status.Succeeded, job.Status.Failed, job.Status.CompletedIndexes));
        await AssertNothingIsLeftAsync(cluster, 4);
    });

    [Fact]
    public Task JobFails_ItsRunningPodsGoAndCount() => LiveAsync(async (cluster, time) =>
    {
        Play(cluster, pod => PlayedKubelet.Running);
        var late = NewJob(completions: 2, parallelism: 2);
        await cluster.Client.CreateAsync(
            late with { Spec = late.Spec with { ActiveDeadlineSeconds = 5 } }, TestCluster.Cancel);
        var job = await EndAsync(cluster, JobConditionType.Failed);
        Assert.Equal((0, 2), (job.Status.Succeeded, job.Status.Failed));
        await AssertNothingIsLeftAsync(cluster, 0);
    });

    private static Task LiveAsync(Func<TestCluster, TimeProvider, Task> scenario) =>
        CrashScenarios.LiveAsync(["job-controller"], scenario);

    private static void Play(TestCluster cluster, Func<Pod, PodStatus?> outcome) =>
        cluster.Run(new PlayedKubelet(cluster, outcome).RunAsync);

    private static async Task<Job> EndAsync(TestCluster cluster, string condition) =>
        (await cluster.WaitForAsync<Job>(
            "default", "work", job => job is not null && Condition(job, condition) is not null))!;

    private static async Task AssertNothingIsLeftAsync(TestCluster cluster, int pods)
    {
        var job = await cluster.Client.GetAsync<Job>("default", "work", TestCluster.Cancel);
        Assert.Equal((0, 0, 0), (job.Status.Active, job.Status.Ready!.Value, job.Status.Terminating!.Value));
        Assert.Equal(UncountedTerminatedPods.Empty, job.Status.UncountedTerminatedPods);
        var left = await cluster.WaitForListAsync<Pod>(
            "default", items => items.All(pod => pod.Metadata.DeletionTimestamp is null));
        Assert.Equal(pods, left.Count);
        Assert.All(left, pod => Assert.Empty(pod.Metadata.Finalizers));
    }
}
