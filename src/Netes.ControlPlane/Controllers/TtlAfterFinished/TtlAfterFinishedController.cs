using Netes.Api;
using Netes.Api.Batch;
using Netes.Api.Meta;
using Netes.Api.Telemetry;
using Netes.Client;

namespace Netes.ControlPlane;

/// <summary>
/// Deletes finished jobs, with all that depends on them, when their time is over.
/// Source: pkg/controller/ttlafterfinished/ttlafterfinished_controller.go.
/// </summary>
internal sealed class TtlAfterFinishedController : IController
{
    private readonly ControllerContext _context;
    private readonly ObjectCache<Job> _jobs;
    private readonly Histogram? _delay;
    private readonly KeyedController<ObjectKey> _keyed;

    public TtlAfterFinishedController(ControllerContext context)
    {
        _context = context;
        _keyed = new KeyedController<ObjectKey>(
            context, Name, ReconcileAsync, queue: new QueueSettings("ttl_jobs_to_delete"));
        _delay = context.Options.Metrics?.Histogram(
            "ttl_after_finished_controller_job_deletion_duration_seconds",
            "[ALPHA] Time from when a job could be deleted until it was, in seconds.",
            Buckets.Exponential(0.1, 2, 14)).With(default);
        var jobs = context.Informers.Get<Job>();
        _jobs = jobs.Cache;
        jobs.AddHandler(change =>
        {
            if (change.New is { } job && Expiry(job) is not null)
            {
                _keyed.Queue.Add(change.Key);
            }
        });
    }

    public string Name => "ttl-after-finished-controller";

    public Task RunAsync(CancellationToken cancel) => _keyed.RunAsync(cancel);

    /// <summary>When the job goes; null: it stays.</summary>
    internal static DateTimeOffset? Expiry(Job job) =>
        job.Spec.TTLSecondsAfterFinished is { } seconds && job.Metadata.DeletionTimestamp is null
        && JobPods.Finished(job)?.LastTransitionTime is { } finished
            ? finished.ToDateTimeOffset().AddSeconds(seconds)
            : null;

    private async Task<ReconcileResult> ReconcileAsync(ObjectKey key, CancellationToken cancel)
    {
        if (_jobs.Get(key) is not { } cached || Expiry(cached) is not { } expiry)
        {
            return ReconcileResult.Done;
        }

        if (expiry > _context.Now)
        {
            return ReconcileResult.Again(expiry - _context.Now);
        }

        try
        {
            // Its time may have been made longer since; what is deleted does not come back.
            var fresh = await _context.Client.GetAsync<Job>(key.Namespace, key.Name, cancel);
            if (Expiry(fresh) is not { } now)
            {
                return ReconcileResult.Done;
            }

            if (now > _context.Now)
            {
                return ReconcileResult.Again(now - _context.Now);
            }

            await _context.Client.DeleteAsync<Job>(key.Namespace, key.Name,
                new DeleteOptions
                {
                    PropagationPolicy = DeletionPropagation.Foreground,
                    Preconditions = new() { Uid = fresh.Metadata.Uid },
                },
                cancel);
            _delay?.Observe(_context.Now - now);
        }
        catch (ApiException failure) when (failure.IsNotFound)
        {
            // Somebody else was faster.
            return ReconcileResult.Done;
        }

        return ReconcileResult.Done;
    }
}
