using Netes.EndToEnd.Clusters;
using Netes.EndToEnd.Tools;

namespace Netes.EndToEnd.Workloads;

/// <summary>Jobs that complete, that count by index, that fail, and that a CronJob makes, on real containers.</summary>
public sealed class JobTests(TestCluster cluster)
{
    [Fact]
    public async Task Job_completes_and_tells_what_it_did()
    {
        var kubectl = await cluster.KubectlAsync();
        await kubectl.OutputAsync(
            "create", "job", "once", $"--image={TestImage.Name}", "--", "sh", "-c", "echo the work is done");
        Assert.Equal(
            "job.batch/once condition met\n",
            await kubectl.OutputAsync("wait", "--for=condition=complete", "job/once", "--timeout=120s"));
        await kubectl.ShowsAsync("logs job/once", "^the work is done\n$");
        Assert.Matches(
            @"NAME\s+STATUS\s+COMPLETIONS\s+DURATION\s+AGE\nonce\s+Complete\s+1/1\s+\d+s\s",
            await kubectl.OutputAsync("get", "jobs"));
        Assert.Matches(@"once-\w+\s+0/1\s+Completed\s+0\s", await kubectl.OutputAsync("get", "pods"));
        await kubectl.ShowsAsync(
            "describe job once", @"Normal\s+SuccessfulCreate\s.*Created pod: once-\w+",
            @"Normal\s+Completed\s.*Job completed",
            @"Pods Statuses:\s+0 Active \(0 Ready\) / 1 Succeeded / 0 Failed");
        await kubectl.OutputAsync("delete", "job", "once");
        await Eventually.Async(
            "its pod is gone", () => kubectl.OutputAsync("get", "pods", "-o", "name"), names => names.Length == 0);
    }

    [Fact]
    public async Task Indexed_job_does_each_part_once()
    {
        var kubectl = await cluster.KubectlAsync();
        await kubectl.ApplyAsync($$"""
            apiVersion: batch/v1
            kind: Job
            metadata: { name: parts }
            spec:
              completions: 3
              parallelism: 2
              completionMode: Indexed
              template:
                spec:
                  restartPolicy: Never
                  containers:
                    - name: part
                      image: {{TestImage.Name}}
                      imagePullPolicy: Never
                      command: ["sh", "-c", "echo part $JOB_COMPLETION_INDEX on $(hostname)"]
            """);
        await kubectl.OutputAsync("wait", "--for=condition=complete", "job/parts", "--timeout=120s");
        Assert.Equal("0-2", await kubectl.JsonPathAsync("job", "parts", "{.status.completedIndexes}"));
        var said = await kubectl.OutputAsync("logs", "-l", "job-name=parts", "--tail=-1");
        Assert.Equal(
            ["part 0 on parts-0", "part 1 on parts-1", "part 2 on parts-2"],
            said.Split('\n', StringSplitOptions.RemoveEmptyEntries).Order(StringComparer.Ordinal));
        await kubectl.OutputAsync("delete", "job", "parts", "--wait=false");
    }

    [Fact]
    public async Task Job_that_fails_too_often_says_so()
    {
        var kubectl = await cluster.KubectlAsync();
        await kubectl.ApplyAsync($$"""
            apiVersion: batch/v1
            kind: Job
            metadata: { name: vain }
            spec:
              backoffLimit: 0
              template:
                spec:
                  restartPolicy: Never
                  containers:
                    - { name: main, image: "{{TestImage.Name}}", imagePullPolicy: Never, command: ["false"] }
            """);
        await kubectl.OutputAsync("wait", "--for=condition=failed", "job/vain", "--timeout=120s");
        Assert.Equal(
            "BackoffLimitExceeded: Job has reached the specified backoff limit",
            await kubectl.JsonPathAsync("job", "vain",
                "{range .status.conditions[?(@.type=='Failed')]}{.reason}: {.message}{end}"));
        Assert.Matches(@"vain\s+Failed\s+0/1\s", await kubectl.OutputAsync("get", "jobs"));
        await kubectl.OutputAsync("delete", "job", "vain", "--wait=false");
    }
}
