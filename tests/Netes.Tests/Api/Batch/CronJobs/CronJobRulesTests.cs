using Netes.Api.Batch;
using static Netes.Tests.Api.Rules;

namespace Netes.Tests.Api.Batch.CronJobs;

public sealed class CronJobRulesTests
{
    private const string Template =
        """{"spec":{"template":{"spec":{"restartPolicy":"Never","containers":[{"name":"c","image":"a"}]}}}}""";

    [Fact]
    public void Smallest_cron_job_gets_all_defaults()
    {
        var spec = Created<CronJob>(Named($$"""{"schedule":"* * * * *","jobTemplate":{{Template}}}""")).Spec;
        Assert.Equal(("Allow", false, 3, 1),
            (spec.ConcurrencyPolicy, spec.Suspend, spec.SuccessfulJobsHistoryLimit, spec.FailedJobsHistoryLimit));
        CheckErrors<CronJob>(Named($$"""{"schedule":"*/5 0-6 1,15 jan-mar MON","jobTemplate":{{Template}}}"""));
    }

    [Theory]
    [InlineData("", "spec.schedule: Required value")]
    [InlineData("* * *", "spec.schedule: Invalid value: \"* * *\": expected exactly 5 fields, found 3: [* * *]")]
    [InlineData("61 * * * *",
        "spec.schedule: Invalid value: \"61 * * * *\": end of range (61) above maximum (59): 61")]
    [InlineData("@often", "spec.schedule: Invalid value: \"@often\": unrecognized descriptor: @often")]
    [InlineData("CRON_TZ=UTC 0 * * * *",
        "spec.schedule: Invalid value: \"CRON_TZ=UTC 0 * * * *\": cannot use TZ or CRON_TZ in schedule, use timeZone field instead")]
    public void Bad_schedule_is_named(string schedule, string error) =>
        CheckErrors<CronJob>(Named($$"""{"schedule":"{{schedule}}","jobTemplate":{{Template}}}"""), error);

    [Fact]
    public void Name_leaves_room_for_the_jobs() => CheckErrors<CronJob>(
        Named($$"""{"schedule":"@daily","jobTemplate":{{Template}}}""", new string('a', 53)),
        $"metadata.name: Invalid value: \"{new string('a', 53)}\": must be no more than 52 characters");

    [Theory]
    [InlineData("* * * * *", "2026-01-01T00:01:00Z")]
    [InlineData("30 4 * * *", "2026-01-01T04:30:00Z")]
    [InlineData("0 0 1 * *", "2026-02-01T00:00:00Z")]
    [InlineData("0 12 * * 1", "2026-01-05T12:00:00Z")]
    [InlineData("0 0 13 * 5", "2026-01-02T00:00:00Z")]
    [InlineData("0 0 29 2 *", "2028-02-29T00:00:00Z")]
    [InlineData("0 0 */2 * 5", "2026-01-02T00:00:00Z")]
    [InlineData("TZ=Asia/Tokyo 0 4 * * *", "2026-01-01T19:00:00Z")]
    [InlineData("@every 90s", "2026-01-01T00:01:40Z")]
    public void Next_time_follows_the_schedule(string schedule, string next) => Assert.Equal(
        DateTimeOffset.Parse(next, System.Globalization.CultureInfo.InvariantCulture),
        CronSchedule.TryParse(schedule, out _)!.Next(new DateTimeOffset(2026, 1, 1, 0, 0, 10, TimeSpan.Zero)));

    [Fact]
    public void Day_that_never_comes_has_no_next() =>
        Assert.Null(CronSchedule.TryParse("0 0 30 2 *", out _)!.Next(Now));
}
