using System.Globalization;
using Netes.Api;
using Netes.Api.Batch;
using Netes.ControlPlane;

namespace Netes.Tests.ControlPlane.CronJobs;

public sealed class CronJobPlanTests
{
    [Theory]
    [InlineData("0 * * * *", "10:00:00", "10:30:00", null, 0)]
    [InlineData("0 * * * *", "10:00:00", "11:00:00", "11:00:00", 0)]
    [InlineData("0 * * * *", "10:00:00", "11:59:59", "11:00:00", 0)]
    [InlineData("0 * * * *", "10:00:00", "14:10:00", "14:00:00", 4)]
    [InlineData("* * * * *", "10:00:00", "12:00:30", "12:00:00", 120)]
    [InlineData("30 6-16/4 * * *", "10:35:00", "18:00:00", "14:30:00", 1)]
    public void LastTimeThatHasCome_IsDue(string schedule, string last, string now, string? due, long missed)
    {
        var cron = Cron(schedule, last);
        var state = CronJobPlan.Due(cron, At(now), Times(cron), withDeadline: true);
        Assert.Equal((due is null ? null : At(due), null), (state.Time, state.Problem));
        Assert.Equal(missed > 100, CronJobPlan.MissedTooMany(state));
    }

    [Fact]
    public void Deadline_ForgetsWhatIsTooLongAgo()
    {
        var cron = Cron("0 * * * *", "10:00:00");
        cron = cron with { Spec = cron.Spec with { StartingDeadlineSeconds = 60 } };
        Assert.Null(CronJobPlan.Due(cron, At("11:30:00"), Times(cron), withDeadline: true).Time);
        Assert.Equal(At("11:00:00"), CronJobPlan.Due(cron, At("11:00:59"), Times(cron), withDeadline: true).Time);
    }

    [Fact]
    public void ScheduleThatNeverComes_IsAProblem()
    {
        var cron = Cron("59 23 31 2 *", "10:00:00");
        Assert.Equal("time difference between two schedules is less than 1 second",
            CronJobPlan.Due(cron, At("11:00:00"), Times(cron), withDeadline: true).Problem);
    }

    [Fact]
    public void OnlyTimeThatIsToCome_IsWaitedFor()
    {
        var only = At("12:00:00");
        var cron = Cron("0 12 * * *", "10:00:00");
        DateTimeOffset? Next(DateTimeOffset time) => time < only ? only : null;
        var state = CronJobPlan.Due(cron, At("11:00:00"), Next, withDeadline: true);
        Assert.Equal((null, null), (state.Time, state.Problem));
    }

    [Fact]
    public void NextTime_ComesALittleLater()
    {
        var cron = Cron("0 * * * *", "10:00:00");
        Assert.Equal(TimeSpan.FromSeconds(1800.1), CronJobPlan.UntilNext(cron, At("10:30:00"), Times(cron)));
        Assert.Equal(TimeSpan.FromSeconds(600.1), CronJobPlan.UntilNext(cron, At("14:50:00"), Times(cron)));
    }

    [Fact]
    public void JobOfATime_HasAlwaysTheSameName()
    {
        var cron = Cron("0 * * * *", "10:00:00");
        cron = cron with
        {
            Spec = cron.Spec with
            {
                TimeZone = "Asia/Tokyo",
                JobTemplate = new()
                {
                    Metadata = new() { Labels = ValueMap.Of(("a", "b")) }, Spec = new() { Parallelism = 3 },
                },
            },
        };
        var job = CronJobPlan.JobAt(cron, At("11:00:00"));
        Assert.Equal("cron-29454420", job.Metadata.Name);
        Assert.Equal("2026-01-01T20:00:00+09:00",
            job.Metadata.Annotations["batch.kubernetes.io/cronjob-scheduled-timestamp"]);
        Assert.Equal(("b", 3, "cron-uid"),
            (job.Metadata.Labels["a"], job.Spec.Parallelism, job.Metadata.OwnerReferences[0].Uid));
    }

    [Fact]
    public void History_KeepsTheNewest()
    {
        var cron = Cron("0 * * * *", "10:00:00");
        cron = cron with { Spec = cron.Spec with { SuccessfulJobsHistoryLimit = 1, FailedJobsHistoryLimit = 0 } };
        Job[] jobs =
        [
            Ended("new", 30, JobConditionType.Complete), Ended("old", 10, JobConditionType.Complete),
            Ended("failed", 20, JobConditionType.Failed), Ended("runs", 5, JobConditionType.FailureTarget),
        ];
        Assert.Equal(["failed", "old"], CronJobPlan.Outdated(cron, jobs).Select(job => job.Metadata.Name).Order());
    }

    [Theory]
    [InlineData("Europe/Berlin", "30 2 * * *", "2026-03-28T12:00:00Z", "2026-03-30T00:30:00Z")]
    [InlineData("Europe/Berlin", "30 2 * * *", "2026-10-24T12:00:00Z", "2026-10-25T00:30:00Z")]
    [InlineData("Europe/Berlin", "30 2 * * *", "2026-10-25T00:30:00Z", "2026-10-25T01:30:00Z")]
    [InlineData("America/New_York", "0 9 * * 1-5", "2026-01-02T20:00:00Z", "2026-01-05T14:00:00Z")]
    [InlineData("Africa/Cairo", "0 0 * * *", "2026-04-23T12:00:00Z", "2026-04-24T21:00:00Z")]
    public void Zone_DecidesWhenItIsTime(string zone, string schedule, string after, string next) => Assert.Equal(
        Parse(next), CronSchedule.TryParse(schedule, out _)!.Next(
            Parse(after), TimeZoneInfo.FindSystemTimeZoneById(zone))!.Value.ToUniversalTime());

    private static Func<DateTimeOffset, DateTimeOffset?> Times(CronJob cron) =>
        CronJobPlan.Times(cron, CronSchedule.TryParse(cron.Spec.Schedule, out _)!);

    private static DateTimeOffset Parse(string time) => DateTimeOffset.Parse(time, CultureInfo.InvariantCulture);

    private static DateTimeOffset At(string time) => Parse($"2026-01-01T{time}Z");

    private static CronJob Cron(string schedule, string last) => new()
    {
        Metadata = new() { Name = "cron", Namespace = "default", Uid = "cron-uid" },
        Spec = new() { Schedule = schedule },
        Status = new() { LastScheduleTime = Timestamp.From(At(last)) },
    };

    private static Job Ended(string name, int minute, string condition) => new()
    {
        Metadata = new() { Name = name },
        Status = new()
        {
            StartTime = Timestamp.From(At("10:00:00").AddMinutes(minute)),
            Conditions =
            [
                JobConditions.New(condition, Netes.Api.Core.ConditionStatus.True, "", "", At("12:00:00")),
            ],
        },
    };
}
