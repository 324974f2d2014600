using Netes.Api;
using Netes.Api.Batch;
using Netes.Api.Core;
using Netes.Api.Meta;
using Netes.Api.Telemetry;
using Netes.Client;

namespace Netes.ControlPlane;

/// <summary>
/// Makes jobs at the times of a schedule. Source: pkg/controller/cronjob/cronjob_controllerv2.go.
/// </summary>
internal sealed class CronJobController : IController
{
    private readonly ControllerContext _context;
    private readonly ObjectCache<CronJob> _crons;
    private readonly ObjectIndex<Job> _jobsByOwner;
    private readonly OwnWrites<CronJob> _writes;
    private readonly EventRecorder _events;
    private readonly Histogram? _skew;
    private readonly KeyedController<ObjectKey> _keyed;

    public CronJobController(ControllerContext context)
    {
        _context = context;
        _events = context.Events(Name);
        _skew = context.Options.Metrics?.Histogram(
            "cronjob_controller_job_creation_skew_duration_seconds",
            "[STABLE] Time from when a job was due to when it was made, in seconds.",
            Buckets.Exponential(1, 2, 10)).With(default);
        _keyed = new KeyedController<ObjectKey>(context, Name, ReconcileAsync);
        var crons = context.Informers.Get<CronJob>();
        var jobs = context.Informers.Get<Job>();
        _crons = crons.Cache;
        _jobsByOwner = jobs.Cache.AddIndex(Ownership.IndexValues);
        _writes = new OwnWrites<CronJob>(crons, cron => ObjectKey.Of(cron));
        crons.AddHandler(CronChanged);
        jobs.EnqueueController<Job, CronJob>(_keyed.Queue);
    }

    public string Name => "cronjob-controller";

    public Task RunAsync(CancellationToken cancel) => _keyed.RunAsync(cancel);

    private void CronChanged(Change<CronJob> change)
    {
        // A new schedule is for times to come, not for those it would have had since the last job.
        if (change is { Old: { } old, New: { } next }
            && (old.Spec.Schedule != next.Spec.Schedule || old.Spec.TimeZone != next.Spec.TimeZone)
            && CronSchedule.TryParse(next.Spec.Schedule, out _) is { } schedule)
        {
            _keyed.Queue.AddAfter(
                change.Key, CronJobPlan.UntilNext(next, _context.Now, CronJobPlan.Times(next, schedule)));
            return;
        }

        _keyed.Queue.Add(change.Key);
    }

    private async Task<ReconcileResult> ReconcileAsync(ObjectKey key, CancellationToken cancel)
    {
        if (!_crons.TryGet(key, out var cached))
        {
            _writes.Forget(key);
            return ReconcileResult.Done;
        }

        var stored = _writes.Apply(key, [cached])[0];
        var jobs = _jobsByOwner.Get(stored.Metadata.Uid);
        var cron = await CleanUpAsync(stored, jobs, cancel);
        TimeSpan? wait = null;
        Exception? failure = null;
        try
        {
            cron = await MendAsync(cron, jobs, cancel);
            (cron, wait) = await ScheduleAsync(cron, cancel);
        }
        catch (Exception caught) when (!cancel.IsCancellationRequested)
        {
            // What was done before it is written all the same.
            failure = caught;
        }

        if (cron.Status != stored.Status)
        {
            _writes.Stored(key, await _context.Client.UpdateStatusAsync(cron, cancel));
        }

        return failure is not null ? throw failure
            : wait is { } again ? ReconcileResult.Again(again) : ReconcileResult.Done;
    }

    /// <summary>The list of active jobs as it is: finished and missing ones leave it.</summary>
    private async Task<CronJob> MendAsync(CronJob cron, IReadOnlyList<Job> jobs, CancellationToken cancel)
    {
        foreach (var job in jobs)
        {
            var isActive = IsActive(cron, job);
            var end = JobPods.Finished(job);
            if (end is null && !isActive)
            {
                var fresh = await _context.Client.GetAsync<CronJob>(
                    cron.Metadata.Namespace, cron.Metadata.Name, cancel);
                if (IsActive(fresh, job))
                {
                    cron = fresh;
                    continue;
                }

                _events.Warning(cron, "UnexpectedJob",
                    $"Saw a job that the controller did not create or forgot: {job.Metadata.Name}");
            }
            else if (end is not null && isActive)
            {
                cron = WithoutActive(cron, job.Metadata.Uid);
                _events.Normal(
                    cron, "SawCompletedJob", $"Saw completed job: {job.Metadata.Name}, condition: {end.Type}");
            }

            if (end?.Type == JobConditionType.Complete && job.Status.CompletionTime is { } time
                && (cron.Status.LastSuccessfulTime is not { } last || time > last))
            {
                cron = cron with { Status = cron.Status with { LastSuccessfulTime = time } };
            }
        }

        var known = jobs.Select(job => job.Metadata.Uid).ToHashSet(StringComparer.Ordinal);
        foreach (var active in cron.Status.Active.ToArray().Where(active => !known.Contains(active.Uid)))
        {
            if (await FindAsync(active.Namespace, active.Name, cancel) is null)
            {
                _events.Normal(cron, "MissingJob", $"Active job went missing: {active.Name}");
                cron = WithoutActive(cron, active.Uid);
            }
        }

        return cron;
    }

    private async Task<(CronJob Cron, TimeSpan? Wait)> ScheduleAsync(CronJob cron, CancellationToken cancel)
    {
        if (cron.Metadata.DeletionTimestamp is not null || Schedule(cron) is not { } schedule)
        {
            return (cron, null);
        }

        var (now, next) = (_context.Now, CronJobPlan.Times(cron, schedule));
        var due = CronJobPlan.Due(cron, now, next, withDeadline: true);
        if (due.Problem is { } problem)
        {
            _events.Warning(cron, "InvalidSchedule", $"invalid schedule: {cron.Spec.Schedule} : {problem}");
            return (cron, null);
        }

        if (due.Time is { } time)
        {
            if (CronJobPlan.MissedTooMany(due))
            {
                _events.Warning(cron, "TooManyMissedTimes", "too many missed start times. Set or decrease "
                    + ".spec.startingDeadlineSeconds or check clock skew");
            }

            if (MayStart(cron, time, now))
            {
                cron = await StartAsync(cron, time, cancel);
            }
        }

        return (cron, CronJobPlan.UntilNext(cron, now, next));
    }

    /// <summary>Null: it makes no jobs now.</summary>
    private CronSchedule? Schedule(CronJob cron)
    {
        if (cron.Spec.TimeZone is { } zone && !TimeZones.TryFind(zone, out _))
        {
            _events.Warning(
                cron, "UnknownTimeZone", $"invalid timeZone: \"{zone}\": unknown time zone {zone}");
            return null;
        }

        if (cron.Spec.Suspend is true)
        {
            return null;
        }

        if (cron.Spec.Schedule.Contains("TZ", StringComparison.Ordinal))
        {
            _events.Warning(cron, "UnsupportedSchedule", $"CRON_TZ or TZ used in schedule \"{cron.Spec.Schedule}\" is "
                + "not officially supported, see "
                + "https://kubernetes.io/docs/concepts/workloads/controllers/cron-jobs/ for more details");
        }

        var schedule = CronSchedule.TryParse(cron.Spec.Schedule, out var problem);
        if (schedule is null)
        {
            _events.Warning(
                cron, "UnparseableSchedule", $"unparseable schedule: \"{cron.Spec.Schedule}\" : {problem}");
        }

        return schedule;
    }

    private bool MayStart(CronJob cron, DateTimeOffset time, DateTimeOffset now)
    {
        if (cron.Spec.StartingDeadlineSeconds is { } seconds && time.Plus(seconds) < now)
        {
            _events.Warning(
                cron, "MissSchedule", $"Missed scheduled time to start a job: {CronJobPlan.Show(time)}");
            return false;
        }

        var name = CronJobPlan.NameOf(cron, time);
        if (cron.Status.Active.Any(active => active.Name == name)
            || cron.Status.LastScheduleTime == Timestamp.From(time))
        {
            return false;
        }

        if (cron.Spec.ConcurrencyPolicy == ConcurrencyPolicy.Forbid && !cron.Status.Active.IsEmpty)
        {
            _events.Normal(cron, "JobAlreadyActive",
                "Not starting job because prior execution is running and concurrency policy is Forbid");
            return false;
        }

        return true;
    }

    private async Task<CronJob> StartAsync(CronJob cron, DateTimeOffset time, CancellationToken cancel)
    {
        if (cron.Spec.ConcurrencyPolicy == ConcurrencyPolicy.Replace)
        {
            cron = await ReplaceActiveAsync(cron, cancel);
        }

        Job job;
        var wanted = CronJobPlan.JobAt(cron, time);
        try
        {
            job = await _context.Client.CreateAsync(wanted, cancel);
            _skew?.Observe((job.Metadata.CreationTimestamp?.ToDateTimeOffset() ?? time) - time);
            _events.Normal(cron, "SuccessfulCreate", $"Created job {job.Metadata.Name}");
        }
        catch (ApiException failure) when (failure.IsAlreadyExists)
        {
            // Made before the controller died, or by somebody else, who then looks after it.
            job = await _context.Client.GetAsync<Job>(wanted.Metadata.Namespace, wanted.Metadata.Name, cancel);
            if (ObjectReferences.ControllerOf(job.Metadata)?.Uid != cron.Metadata.Uid || IsActive(cron, job))
            {
                return cron;
            }
        }
        catch (ApiException failure) when (!PodControl.IsNamespaceEnding(failure))
        {
            _events.Warning(cron, "FailedCreate", $"Error creating job: {failure.Message}");
            throw;
        }

        return cron with
        {
            Status = cron.Status with
            {
                Active = cron.Status.Active.Add(ObjectReferences.To(job)),
                LastScheduleTime = Timestamp.From(time),
            },
        };
    }

    private async Task<CronJob> ReplaceActiveAsync(CronJob cron, CancellationToken cancel)
    {
        foreach (var active in cron.Status.Active.ToArray())
        {
            Job job;
            try
            {
                job = await _context.Client.GetAsync<Job>(active.Namespace, active.Name, cancel);
            }
            catch (ApiException failure)
            {
                _events.Warning(cron, "FailedGet", $"Get job: {failure.Message}");
                throw;
            }

            cron = await TryDeleteAsync(cron, job, cancel) ?? throw new InvalidOperationException(
                $"could not replace job {job.Metadata.Namespace}/{job.Metadata.Name}");
        }

        return cron;
    }

    /// <summary>What cannot be deleted stays for the next time: the schedule does not wait for it.</summary>
    private async Task<CronJob> CleanUpAsync(CronJob cron, IReadOnlyList<Job> jobs, CancellationToken cancel)
    {
        foreach (var job in CronJobPlan.Outdated(cron, jobs))
        {
            cron = await TryDeleteAsync(cron, job, cancel) ?? cron;
        }

        return cron;
    }

    /// <summary>Deletes a job with its pods; the cron job without it, or null: it could not be deleted.</summary>
    private async Task<CronJob?> TryDeleteAsync(CronJob cron, Job job, CancellationToken cancel)
    {
        try
        {
            await _context.Client.DeleteAsync<Job>(job.Metadata.Namespace, job.Metadata.Name,
                new DeleteOptions { PropagationPolicy = DeletionPropagation.Background }, cancel);
            _events.Normal(cron, "SuccessfulDelete", $"Deleted job {job.Metadata.Name}");
        }
        catch (ApiException failure) when (failure.IsNotFound)
        {
            // Gone already: it leaves the list all the same.
        }
        catch (ApiException failure)
        {
            _events.Warning(cron, "FailedDelete", $"Deleted job: {failure.Message}");
            return null;
        }

        return WithoutActive(cron, job.Metadata.Uid);
    }

    private async Task<Job?> FindAsync(string ns, string name, CancellationToken cancel)
    {
        try
        {
            return await _context.Client.GetAsync<Job>(ns, name, cancel);
        }
        catch (ApiException failure) when (failure.IsNotFound)
        {
            return null;
        }
    }

    private static bool IsActive(CronJob cron, Job job) =>
        cron.Status.Active.Any(active => active.Uid == job.Metadata.Uid);

    private static CronJob WithoutActive(CronJob cron, string uid) => cron with
    {
        Status = cron.Status with { Active = cron.Status.Active.Where(active => active.Uid != uid).ToValueList() },
    };
}
