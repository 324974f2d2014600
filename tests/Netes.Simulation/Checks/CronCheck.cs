using System.Globalization;
using Netes.Api.Batch;
using Netes.Simulation.World;

namespace Netes.Simulation.Checks;

/// <summary>
/// The runs of a cron job are those of its schedule, each of them is started once and none while it is suspended; and
/// where a run may not be beside others, those that are known to run have ended, or were made to.
/// </summary>
internal sealed class CronCheck
{
    private const string Scheduled = "batch.kubernetes.io/cronjob-scheduled-timestamp";

    // The controller may act on what was wanted so long ago.
    private static readonly TimeSpan Memory = TimeSpan.FromMinutes(2);

    private readonly Mirror _mirror;
    private readonly Verdict _verdict;
    private readonly TimeProvider _time;
    private readonly HashSet<(string Cron, DateTimeOffset Time)> _runs = [];
    private readonly Dictionary<string, List<(long Until, CronJobSpec Spec)>> _earlier = new(StringComparer.Ordinal);

    public CronCheck(Mirror mirror, Verdict verdict, TimeProvider time)
    {
        (_mirror, _verdict, _time) = (mirror, verdict, time);
        mirror.Crons.Changed += CronChanged;
        mirror.Jobs.Changed += JobChanged;
    }

    private void CronChanged(CronJob? old, CronJob? next)
    {
        if (old is not null && old.Metadata.Uid == next?.Metadata.Uid && old.Spec != next.Spec)
        {
            if (!_earlier.TryGetValue(old.Metadata.Uid, out var specs))
            {
                _earlier[old.Metadata.Uid] = specs = [];
            }

            specs.Add((_time.GetTimestamp(), old.Spec));
        }
    }

    private void JobChanged(Job? old, Job? next)
    {
        if (next is null || old?.Metadata.Uid == next.Metadata.Uid
            || _mirror.Crons.Items.FirstOrDefault(cron => cron.Metadata.Uid == Mirror.ControllerUid(next.Metadata))
                is not { } cron)
        {
            return;
        }

        var (name, uid) = (next.Metadata.Name, cron.Metadata.Uid);
        var text = next.Metadata.Annotations.Get(Scheduled, "");
        var time = DateTimeOffset.Parse(text, CultureInfo.InvariantCulture);
        var wanted = (_earlier.GetValueOrDefault(uid) ?? [])
            .Where(spec => _time.GetElapsedTime(spec.Until) <= Memory).Select(spec => spec.Spec).Append(cron.Spec)
            .ToList();
        if (!_runs.Add((uid, time)))
        {
            _verdict.Break(Finding.RanTwice, $"job {name} is the second one of {cron.Metadata.Name} for {text}");
        }

        if (time > _time.GetUtcNow() || !wanted.Exists(spec => Timetable.Has(spec, time)))
        {
            _verdict.Break(Finding.RanAtOtherTime, $"job {name} ran for {text}, which is no time of "
                + $"{cron.Spec.Schedule} in {cron.Spec.TimeZone}");
        }

        if (wanted.TrueForAll(static spec => spec.Suspend == true))
        {
            _verdict.Break(Finding.RanSuspended, $"job {name} ran, and {cron.Metadata.Name} is suspended");
        }

        CheckOthers(cron, name, wanted);
    }

    /// <summary>
    /// Those in the status: of a job that it made right before it crashed the controller does not know in time, as in
    /// Kubernetes.
    /// </summary>
    private void CheckOthers(CronJob cron, string name, List<CronJobSpec> wanted)
    {
        var other = cron.Status.Active.FirstOrDefault(active => active.Name != name
            && _mirror.Jobs.Find($"{active.Namespace}/{active.Name}") is { Metadata.DeletionTimestamp: null } job
            && job.Metadata.Uid == active.Uid && !IsOver(job))?.Name;
        if (other is not null && wanted.TrueForAll(static spec => spec.ConcurrencyPolicy == ConcurrencyPolicy.Forbid))
        {
            _verdict.Break(Finding.RanBesideOther, $"job {name} ran beside {other}, which is forbidden");
        }

        if (other is not null && wanted.TrueForAll(static spec => spec.ConcurrencyPolicy == ConcurrencyPolicy.Replace))
        {
            _verdict.Break(Finding.KeptBesideOther, $"job {name} ran, and {other}, which it replaces, is there");
        }
    }

    private static bool IsOver(Job job) => job.Status.Conditions.Any(static condition =>
        condition.Type is JobConditionType.Complete or JobConditionType.Failed
            or JobConditionType.SuccessCriteriaMet or JobConditionType.FailureTarget);
}
