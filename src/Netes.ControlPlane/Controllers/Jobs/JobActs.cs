using Netes.Api;
using Netes.Api.Batch;
using Netes.Api.Core;
using Netes.Client;

namespace Netes.ControlPlane;

/// <summary>What a job has after its controller made or deleted pods.</summary>
/// <param name="AllDeleted">Every pod that was to go is going.</param>
/// <param name="Failure">The first failure; null: none.</param>
internal sealed record JobOutcome(int Active, int Ready, int Terminating, bool AllDeleted, Exception? Failure)
{
    public static JobOutcome Unchanged(JobView view) =>
        new(view.Active.Count, view.Ready, view.Terminating, true, null);
}

/// <summary>
/// Makes and deletes the pods of jobs and takes their finalizers away.
/// Source: pkg/controller/job/job_controller.go.
/// </summary>
internal sealed class JobActs(
    KubernetesClient client, PodControl pods, Expectations expectations, FinalizerRemovals removals, JobMetrics metrics)
{
    /// <summary>Deletes all active pods of a job that ends; they keep their finalizer until they are counted.</summary>
    public async Task<JobOutcome> EndAsync(JobView view, CancellationToken cancel)
    {
        var failures = await Task.WhenAll(view.Active.Select(
            pod => TryAsync(() => pods.DeleteAsync(pod, view.Job, cancel))));
        return Without(view, view.Active, failures);
    }

    /// <summary>Deletes or makes pods, never both at a time.</summary>
    public async Task<JobOutcome> ManageAsync(JobView view, JobSteps steps, CancellationToken cancel)
    {
        if (steps.Delete.Count > 0)
        {
            expectations.ExpectDeletions(view.Job.Metadata.Uid, steps.Delete.Select(ObjectKey.Of));
            var failures = await Task.WhenAll(steps.Delete.Select(pod => GiveUpAsync(pod, view.Job, cancel)));
            return Without(view, steps.Delete, failures);
        }

        if (steps.Create.Count == 0)
        {
            return JobOutcome.Unchanged(view);
        }

        var uid = view.Job.Metadata.Uid;
        expectations.ExpectCreations(uid, steps.Create.Count);
        var failed = 0;
        var (created, failure) = await SlowStart.RunAsync(steps.Create.Count, async at =>
        {
            var index = steps.Create[at];
            try
            {
                await pods.CreateAsync(
                    JobPods.New(view.Job, index, view.Awaiting.GetValueOrDefault(index)), view.Job, cancel);
            }
            catch (Exception refusal) when (!PodControl.IsNamespaceEnding(refusal))
            {
                Interlocked.Increment(ref failed);
                throw;
            }
        });
        expectations.CreationsObserved(uid, steps.Create.Count - created);
        metrics.Created(view, created, failed);
        var unchanged = JobOutcome.Unchanged(view);
        return unchanged with { Active = unchanged.Active + created, Failure = failure };
    }

    /// <summary>Takes the finalizers away.</summary>
    /// <returns>The uids of the pods that are free now, and the first failure.</returns>
    public async Task<(HashSet<string> Freed, Exception? Failure)> FreeAsync(
        Job job, IReadOnlyList<Pod> free, CancellationToken cancel)
    {
        removals.Expect(job.Metadata.Uid, free.Select(pod => pod.Metadata.Uid));
        var failures = await Task.WhenAll(free.Select(pod => TryAsync(() => FreeAsync(job, pod, cancel))));
        var freed = free.Where((_, index) => failures[index] is null).Select(pod => pod.Metadata.Uid);
        return (freed.ToHashSet(StringComparer.Ordinal), failures.FirstOrDefault(failure => failure is not null));
    }

    /// <summary>Takes the finalizer of a pod away that nobody counts.</summary>
    public Task FreeOrphanAsync(Pod pod, CancellationToken cancel) => UntrackAsync(pod, cancel);

    private async Task FreeAsync(Job job, Pod pod, CancellationToken cancel)
    {
        var gone = true;
        try
        {
            gone = !await UntrackAsync(pod, cancel);
        }
        finally
        {
            if (gone)
            {
                // Failed, or gone already: no event will tell of it.
                removals.Observed(job.Metadata.Uid, pod.Metadata.Uid);
            }
        }
    }

    /// <returns>False: the pod is gone.</returns>
    private async Task<bool> UntrackAsync(Pod pod, CancellationToken cancel)
    {
        try
        {
            await client.PatchAsync<Pod>(
                pod.Metadata.Namespace, pod.Metadata.Name, JobPods.Untrack(pod), "", cancel);
            return true;
        }
        catch (ApiException failure) when (failure.IsNotFound)
        {
            return false;
        }
    }

    /// <summary>Deletes a pod that shall not count: its finalizer goes first.</summary>
    private Task<Exception?> GiveUpAsync(Pod pod, Job job, CancellationToken cancel) => TryAsync(async () =>
    {
        var gone = true;
        try
        {
            gone = (JobPods.IsTracked(pod) && !await UntrackAsync(pod, cancel))
                || !await pods.DeleteAsync(pod, job, cancel);
        }
        finally
        {
            if (gone)
            {
                expectations.DeletionObserved(job.Metadata.Uid, ObjectKey.Of(pod));
            }
        }
    });

    private static JobOutcome Without(JobView view, IReadOnlyList<Pod> deleted, Exception?[] failures)
    {
        var done = deleted.Where((_, index) => failures[index] is null).ToList();
        return new(view.Active.Count - done.Count, view.Ready - done.Count(PodFacts.IsReady),
            view.Terminating + done.Count, done.Count == deleted.Count,
            failures.FirstOrDefault(failure => failure is not null));
    }

    private static async Task<Exception?> TryAsync(Func<Task> action)
    {
        try
        {
            await action();
            return null;
        }
        catch (Exception failure)
        {
            return failure;
        }
    }
}
