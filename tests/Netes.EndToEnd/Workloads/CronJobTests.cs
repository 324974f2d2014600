using Netes.EndToEnd.Clusters;
using Netes.EndToEnd.Tools;

namespace Netes.EndToEnd.Workloads;

/// <summary>A CronJob fires at its time, and by hand.</summary>
public sealed class CronJobTests(TestCluster cluster)
{
    [Fact]
    public async Task Cron_job_fires_every_minute_and_by_hand()
    {
        var kubectl = await cluster.KubectlAsync();
        Assert.Equal(
            "cronjob.batch/tick created\n",
            await kubectl.OutputAsync(
                "create", "cronjob", "tick", $"--image={TestImage.Name}", "--schedule=* * * * *", "--",
                "echo", "tick"));
        Assert.Equal(
            "job.batch/by-hand created\n",
            await kubectl.OutputAsync("create", "job", "by-hand", "--from=cronjob/tick"));
        await kubectl.OutputAsync("wait", "--for=condition=complete", "job/by-hand", "--timeout=120s");
        Assert.Equal("manual", await kubectl.JsonPathAsync(
            "job", "by-hand", "{.metadata.annotations.cronjob\\.kubernetes\\.io/instantiate}"));

        var made = await Eventually.Async(
            "a job of its own", () => kubectl.OutputAsync("get", "jobs", "-o", "name"),
            names => names.Contains("job.batch/tick-", StringComparison.Ordinal));
        var job = made.Split('\n').First(name => name.StartsWith("job.batch/tick-", StringComparison.Ordinal));
        await kubectl.OutputAsync("wait", "--for=condition=complete", job, "--timeout=120s");
        await kubectl.ShowsAsync($"logs {job}", "^tick\n$");
        await kubectl.ShowsAsync(
            "get cronjob",
            @"NAME\s+SCHEDULE\s+TIMEZONE\s+SUSPEND\s+ACTIVE\s+LAST SCHEDULE\s+AGE\n"
            + @"tick\s+\* \* \* \* \*\s+<none>\s+False\s+\d\s+\d+s\s");
        await kubectl.ShowsAsync("describe cronjob", @"Normal\s+SuccessfulCreate\s.*Created job tick-\d+");
        await kubectl.OutputAsync("delete", "cronjob", "tick");
        await Eventually.Async(
            "its jobs are gone", () => kubectl.OutputAsync("get", "jobs", "-o", "name"), names => names.Length == 0);
    }
}
