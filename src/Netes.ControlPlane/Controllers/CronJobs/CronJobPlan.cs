using System.Globalization;
using Netes.Api;
using Netes.Api.Batch;
using Netes.Client;

namespace Netes.ControlPlane;

/// <summary>When a cron job makes which job. Pure. Source: pkg/controller/cronjob/utils.go.</summary>
internal static class CronJobPlan
{
    private const string ScheduledTimestamp = "batch.kubernetes.io/cronjob-scheduled-timestamp";
    private const int MaxMissed = 100;

    /// <summary>A little later than the minute, so that clocks that differ a little agree that it has come.</summary>
    private static readonly TimeSpan Delta = TimeSpan.FromMilliseconds(100);

    /// <summary>Timers count milliseconds in 31 bits; who waits longer looks again before.</summary>
    private static readonly TimeSpan MaxWait = TimeSpan.FromDays(24);

    /// <summary>The times of a cron job on the clocks of its zone.</summary>
    public static Func<DateTimeOffset, DateTimeOffset?> Times(CronJob cron, CronSchedule schedule) =>
        TimeZones.TryFind(cron.Spec.TimeZone ?? "", out var zone)
            ? time => schedule.Next(time, zone)
            : time => schedule.Next(time);

    /// <summary>The last time for which a job should have been made since the last one.</summary>
    /// <param name="cron">The cron job.</param>
    /// <param name="now">The time.</param>
    /// <param name="next">The schedule: the first time after a time.</param>
    /// <param name="withDeadline">Times that are too long ago do not count.</param>
    public static ScheduleState Due(
        CronJob cron, DateTimeOffset now, Func<DateTimeOffset, DateTimeOffset?> next, bool withDeadline)
    {
        var earliest = (cron.Status.LastScheduleTime ?? cron.Metadata.CreationTimestamp)?.ToDateTimeOffset() ?? now;
        if (withDeadline && cron.Spec.StartingDeadlineSeconds is { } seconds
            && now.Plus(-seconds) is var deadline && deadline > earliest)
        {
            earliest = deadline;
        }

        var first = next(earliest);
        if (now < first)
        {
            return new(earliest, null, 0, null);
        }

        var second = first is { } known ? next(known) : null;
        if (now < second)
        {
            return new(earliest, first, 0, null);
        }

        return second - first >= TimeSpan.FromSeconds(1)
            ? Last(earliest, first!.Value, second!.Value, now, next)
            : new(earliest, null, 0, "time difference between two schedules is less than 1 second");
    }

    private static ScheduleState Last(
        DateTimeOffset earliest, DateTimeOffset first, DateTimeOffset second, DateTimeOffset now,
        Func<DateTimeOffset, DateTimeOffset?> next)
    {

        // A long way is not gone step by step: one begins two intervals before its likely end.
        var interval = (long)Math.Round((second - first).TotalSeconds, MidpointRounding.AwayFromZero);
        var missed = ((long)(now - first).TotalSeconds / interval) + 1;
        DateTimeOffset? last = null;
        for (var time = next(first.AddSeconds((missed - 2) * interval)); time <= now; time = next(time.Value))
        {
            last = time;
        }

        return new(earliest, last, missed, null);
    }

    /// <summary>How long until the next time.</summary>
    public static TimeSpan UntilNext(CronJob cron, DateTimeOffset now, Func<DateTimeOffset, DateTimeOffset?> next)
    {
        var state = Due(cron, now, next, withDeadline: false);
        var from = state.Problem is not null ? now : state.Time ?? (state.Missed == 0 ? state.Earliest : now);
        return (next(from) ?? DateTimeOffset.MaxValue - Delta) + Delta - now is var wait && wait < MaxWait
            ? wait : MaxWait;
    }

    public static bool MissedTooMany(ScheduleState state) => state.Missed > MaxMissed;

    /// <summary>The name is the same for the same time, so that no time gets two jobs.</summary>
    public static string NameOf(CronJob cron, DateTimeOffset time) =>
        string.Create(CultureInfo.InvariantCulture, $"{cron.Metadata.Name}-{time.ToUnixTimeSeconds() / 60}");

    public static Job JobAt(CronJob cron, DateTimeOffset time)
    {
        var template = cron.Spec.JobTemplate;
        TimeZones.TryFind(cron.Spec.TimeZone ?? "", out var zone);
        var local = TimeZoneInfo.ConvertTime(time, zone ?? TimeZoneInfo.Utc);
        var format = local.Offset == TimeSpan.Zero ? "yyyy-MM-dd'T'HH:mm:ss'Z'" : "yyyy-MM-dd'T'HH:mm:sszzz";
        return new()
        {
            Metadata = new()
            {
                Namespace = cron.Metadata.Namespace,
                Name = NameOf(cron, time),
                Labels = template.Metadata.Labels,
                Annotations = template.Metadata.Annotations.Set(
                    ScheduledTimestamp, local.ToString(format, CultureInfo.InvariantCulture)),
                OwnerReferences = [ObjectReferences.Controller(cron)],
            },
            Spec = template.Spec,
        };
    }

    /// <summary>The finished jobs beyond the limits of the history, oldest first.</summary>
    public static List<Job> Outdated(CronJob cron, IEnumerable<Job> jobs)
    {
        var ended = jobs.ToLookup(job => JobPods.Finished(job)?.Type ?? "", StringComparer.Ordinal);
        return
        [
            .. Oldest(ended[JobConditionType.Complete], cron.Spec.SuccessfulJobsHistoryLimit),
            .. Oldest(ended[JobConditionType.Failed], cron.Spec.FailedJobsHistoryLimit),
        ];
    }

    /// <summary>Go's RFC1123Z, in UTC.</summary>
    public static string Show(DateTimeOffset time) =>
        time.UtcDateTime.ToString("ddd, dd MMM yyyy HH:mm:ss '+0000'", CultureInfo.InvariantCulture);

    private static IEnumerable<Job> Oldest(IEnumerable<Job> jobs, int? limit)
    {
        var ordered = jobs
            .OrderBy(job => job.Status.StartTime?.UnixSeconds ?? long.MaxValue)
            .ThenBy(job => job.Metadata.Name, StringComparer.Ordinal)
            .ToList();
        return ordered.Take(ordered.Count - (limit ?? ordered.Count));
    }
}

/// <param name="Earliest">From when on times count.</param>
/// <param name="Time">The last time that has come; null: none has.</param>
/// <param name="Missed">About how many have come, when it is more than one.</param>
/// <param name="Problem">Why the schedule makes no sense; null: it does.</param>
internal sealed record ScheduleState(DateTimeOffset Earliest, DateTimeOffset? Time, long Missed, string? Problem);
