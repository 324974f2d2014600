using System.Collections.Concurrent;
using Netes.Api;
using Netes.Api.Batch;
using Netes.Api.Core;
using Netes.Client;

namespace Netes.ControlPlane;

/// <summary>Runs pods until enough of them have succeeded. Source: pkg/controller/job/job_controller.go.</summary>
internal sealed class JobController : IController
{
    /// <summary>The <c>managedBy</c> of jobs that are this controller's; others have one of their own.</summary>
    private const string Manager = "kubernetes.io/job-controller";

    private readonly ControllerContext _context;
    private readonly ObjectCache<Job> _jobs;
    private readonly ObjectCache<Pod> _pods;
    private readonly ObjectIndex<Pod> _podsByOwner;
    private readonly OwnWrites<Job> _writes;
    private readonly Expectations _expectations;
    private readonly FinalizerRemovals _removals = new();
    private readonly ConcurrentDictionary<string, JobBackoff> _backoffs = new(StringComparer.Ordinal);
    private readonly EventRecorder _events;
    private readonly JobMetrics _metrics;
    private readonly JobActs _acts;
    private readonly KeyedController<ObjectKey> _keyed;
    private readonly KeyedController<ObjectKey> _orphans;

    public JobController(ControllerContext context)
    {
        _context = context;
        _events = context.Events(Name);
        _expectations = new Expectations(context.Time);
        _metrics = new JobMetrics(context.Options.Metrics, context.Time);
        _acts = new JobActs(
            context.Client, new PodControl(context.Client, _events), _expectations, _removals, _metrics);
        _keyed = new KeyedController<ObjectKey>(
            context, Name, ReconcileAsync, queue: Queue("job"));
        _orphans = new KeyedController<ObjectKey>(
            context, Name, FreeOrphanAsync, workers: 1, Queue("job_orphan_pod"));
        var jobs = context.Informers.Get<Job>();
        var pods = context.Informers.Get<Pod>();
        (_jobs, _pods) = (jobs.Cache, pods.Cache);
        _podsByOwner = pods.Cache.AddIndex(Ownership.IndexValues);
        _writes = new OwnWrites<Job>(jobs, job => ObjectKey.Of(job));
        jobs.AddHandler(JobChanged);
        pods.AddHandler(PodChanged);
    }

    public string Name => "job-controller";

    /// <summary>What fails waits longer than elsewhere, and for itself alone. Source: DefaultJobApiBackOff.</summary>
    private static QueueSettings Queue(string name) => new(name, WorkQueueOptions.Default with
    {
        MinBackoff = TimeSpan.FromSeconds(1),
        MaxBackoff = TimeSpan.FromMinutes(1),
        RetriesPerSecond = int.MaxValue,
        RetryBurst = int.MaxValue,
    });

    public Task RunAsync(CancellationToken cancel) =>
        Task.WhenAll(_keyed.RunAsync(cancel), _orphans.RunAsync(cancel));

    private void JobChanged(Change<Job> change)
    {
        var (key, old, next) = change;
        if (old is not null && old.Metadata.Uid != next?.Metadata.Uid)
        {
            Forget(old.Metadata.Uid);
            EnqueueTrackedPods(old);
        }

        if (next is not null && JobPods.Finished(next) is not null)
        {
            EnqueueTrackedPods(next);
        }

        if (old is not null && next is not null && old.Metadata.Generation == next.Metadata.Generation)
        {
            _keyed.Queue.AddAfter(key, JobPlan.BatchPeriod);
        }
        else
        {
            _keyed.Queue.Add(key);
        }

        if (old is null && next is { Spec.ManagedBy: { } manager and not Manager })
        {
            _metrics.Foreign(manager);
        }
    }

    /// <summary>No reconcile will take their finalizers away.</summary>
    private void EnqueueTrackedPods(Job job)
    {
        foreach (var pod in _podsByOwner.Get(job.Metadata.Uid).Where(JobPods.IsTracked))
        {
            _orphans.Queue.Add(ObjectKey.Of(pod));
        }
    }

    private void PodChanged(Change<Pod> change)
    {
        var (key, old, next) = change;
        _metrics.PodChanged(old, next);
        _expectations.Observe(change);
        if (old is not null && ObjectReferences.ControllerOf(old.Metadata) is { } former
            && (next is null || !JobPods.IsTracked(next)))
        {
            _removals.Observed(former.Uid, old.Metadata.Uid);
        }

        if (old is not null)
        {
            EnqueueOwner(old);
        }

        if (next is null)
        {
            return;
        }

        var owned = EnqueueOwner(next);
        if (!owned && JobPods.IsTracked(next))
        {
            _orphans.Queue.Add(key);
        }

        if (ObjectReferences.ControllerOf(next.Metadata) is null)
        {
            foreach (var job in _jobs.List(key.Namespace))
            {
                if (Selectors.Matches(job.Spec.Selector, next.Metadata.Labels))
                {
                    _keyed.Queue.AddAfter(ObjectKey.Of(job), JobPlan.BatchPeriod);
                }
            }
        }
    }

    /// <returns>False: no job counts the pod.</returns>
    private bool EnqueueOwner(Pod pod)
    {
        // Another job may have the name by now.
        if (Enqueueing.OwnerKey<Job>(pod) is not { } owner || _jobs.Get(owner) is not { } job
            || job.Metadata.Uid != ObjectReferences.ControllerOf(pod.Metadata)!.Uid
            || JobPods.Finished(job) is not null)
        {
            return false;
        }

        _keyed.Queue.AddAfter(owner, JobPlan.BatchPeriod);
        return true;
    }

    private void Forget(string uid)
    {
        _expectations.Forget(uid);
        _removals.Forget(uid);
        _backoffs.TryRemove(uid, out _);
    }

    private async Task<ReconcileResult> ReconcileAsync(ObjectKey key, CancellationToken cancel)
    {
        if (!_jobs.TryGet(key, out var cached))
        {
            _writes.Forget(key);
            return ReconcileResult.Done;
        }

        var job = _writes.Apply(key, [cached])[0];
        if (job.Spec.ManagedBy is not (null or Manager))
        {
            return ReconcileResult.Done;
        }

        if (JobPods.Finished(job) is not null)
        {
            _backoffs.TryRemove(job.Metadata.Uid, out _);
            return ReconcileResult.Done;
        }

        if (job.Spec.CompletionMode is not (null or CompletionMode.NonIndexed or CompletionMode.Indexed))
        {
            _events.Warning(
                job, "UnknownCompletionMode", "Skipped Job sync because completion mode is unknown");
            return ReconcileResult.Done;
        }

        var sync = _metrics.Begin(job);
        var isWell = false;
        try
        {
            var result = await SyncAsync(key, job, sync, cancel);
            isWell = true;
            return result;
        }
        finally
        {
            sync.End(isWell);
        }
    }

    private async Task<ReconcileResult> SyncAsync(ObjectKey key, Job job, JobSync sync, CancellationToken cancel)
    {
        // Read before the pods: what is expected later than the list cannot be missing from it unnoticed.
        var uid = job.Metadata.Uid;
        var satisfied = _expectations.Satisfied(uid);
        var freed = _removals.Of(uid);
        var claim = Ownership.Plan(job.Metadata, job.Spec.Selector,
            _podsByOwner.Get(uid).Concat(_podsByOwner.Get(Ownership.OrphansOf(key.Namespace))));
        var pods = await Ownership.ClaimAsync(_context.Client, job, claim, JobPods.Finalizer, cancel);
        var view = new JobView(JobPlan.Started(job, _context.Now), pods, freed,
            _backoffs.GetValueOrDefault(uid, JobBackoff.None), _context.Now);
        var verdict = JobVerdict.Of(view);
        var status = view.Job.Status;
        TimeSpan? wait = null;
        JobOutcome outcome;
        if (verdict is not null)
        {
            // Pods that the cache does not show yet, or that could not be deleted, would be left over.
            outcome = await _acts.EndAsync(view, cancel);
            verdict = outcome.AllDeleted && satisfied ? verdict : null;
        }
        else
        {
            var steps = satisfied && job.Metadata.DeletionTimestamp is null ? JobPlan.Manage(view) : null;
            if (steps is not null)
            {
                sync.Managed(steps, JobPods.IsSuspended(job));
            }

            outcome = await _acts.ManageAsync(view, steps ?? JobSteps.None, cancel);
            wait = Sooner(steps?.Wait, JobVerdict.TimeLeft(view));
            verdict = JobPlan.Complete(view, outcome.Active);
            status = verdict is null && steps is not null ? JobPlan.Suspended(view.Job, _context.Now) : status;
        }

        TellSuspension(job, status);
        status = status with
        {
            Active = outcome.Active, Ready = outcome.Ready, Terminating = outcome.Terminating,
        };
        await TrackAsync(key, job, view, JobTracking.Plan(view, status, verdict), cancel);
        if (outcome.Failure is { } failure && !PodControl.IsNamespaceEnding(failure))
        {
            throw failure;
        }

        return wait is { } again ? ReconcileResult.Again(again) : ReconcileResult.Done;
    }

    private void TellSuspension(Job job, JobStatus next)
    {
        var (was, isNow) = (JobPods.Condition(job.Status, JobConditionType.Suspended) is not null,
            JobPods.Condition(next, JobConditionType.Suspended) is not null);
        if (!was && isNow)
        {
            _events.Normal(job, "Suspended", "Job suspended");
        }
        else if (was && !isNow)
        {
            _events.Normal(job, "Resumed", "Job resumed");
        }
    }

    private async Task TrackAsync(
        ObjectKey key, Job job, JobView view, JobTracking tracking, CancellationToken cancel)
    {
        if (tracking.Status != job.Status)
        {
            job = await WriteAsync(key, job, tracking.Status, cancel);
            _backoffs[job.Metadata.Uid] = view.Backoff;
        }

        _metrics.HandledByPolicy(tracking.Actions);
        var (freed, failure) = await _acts.FreeAsync(job, tracking.Free, cancel);
        var tracked = JobTracking.TrackedUids(view);
        tracked.ExceptWith(freed);
        var status = JobTracking.Settled(job.Status, tracked);
        var finished = failure is null && !tracking.IsFull
            ? JobTracking.Finished(status, tracking.Final, _context.Now)
            : null;
        if ((finished ?? status) != job.Status)
        {
            job = await WriteAsync(key, job, finished ?? status, cancel);
        }

        if (finished is not null)
        {
            TellEnd(job, tracking.Final!);
        }

        if (failure is not null)
        {
            throw failure;
        }
    }

    private async Task<Job> WriteAsync(ObjectKey key, Job job, JobStatus status, CancellationToken cancel)
    {
        var written = await _context.Client.UpdateStatusAsync(job with { Status = status }, cancel);
        _writes.Stored(key, written);
        _metrics.Counted(written, job.Status);
        return written;
    }

    private void TellEnd(Job job, JobCondition end)
    {
        _metrics.Finished(job, end);
        if (end.Type == JobConditionType.Failed)
        {
            _events.Warning(job, end.Reason, end.Message);
            return;
        }

        if (job.Status.Succeeded > job.Spec.Completions)
        {
            _events.Warning(
                job, "TooManySucceededPods", "Too many succeeded pods running after completion count reached");
        }

        _events.Normal(job, "Completed", "Job completed");
    }

    /// <summary>The finalizer of a pod that no job will count any more must not keep it.</summary>
    private async Task<ReconcileResult> FreeOrphanAsync(ObjectKey key, CancellationToken cancel)
    {
        if (!_pods.TryGet(key, out var pod) || !JobPods.IsTracked(pod))
        {
            return ReconcileResult.Done;
        }

        if (ObjectReferences.ControllerOf(pod.Metadata) is { } owner
            && (Enqueueing.OwnerKey<Job>(pod) is not { } job || await WillCountAsync(job, owner.Uid, cancel)))
        {
            return ReconcileResult.Done;
        }

        await _acts.FreeOrphanAsync(pod, cancel);
        return ReconcileResult.Done;
    }

    /// <summary>The job lives, or another controller manages it.</summary>
    private async Task<bool> WillCountAsync(ObjectKey key, string uid, CancellationToken cancel)
    {
        try
        {
            // A job that the cache does not have may be too new for it.
            var job = _jobs.Get(key) is { } cached && cached.Metadata.Uid == uid ? cached
                : await _context.Client.GetAsync<Job>(key.Namespace, key.Name, cancel);
            return job.Metadata.Uid == uid
                && (job.Spec.ManagedBy is not (null or Manager) || JobPods.Finished(job) is null);
        }
        catch (ApiException failure) when (failure.IsNotFound)
        {
            return false;
        }
    }

    private static TimeSpan? Sooner(TimeSpan? one, TimeSpan? other) =>
        one is null ? other : other is null || one < other ? one : other;
}
