using Netes.EndToEnd.Clusters;
using Netes.EndToEnd.Tools;

namespace Netes.EndToEnd.Guide;

/// <summary>
/// The guide's chapters 1-5 and 2-1 (4): a HorizontalPodAutoscaler is stored, defaulted and shown by every kubectl.
/// Nothing measures yet, and that is what is shown: its targets are unknown.
/// </summary>
public sealed class AutoscalerTests(TestCluster cluster)
{
    private static string Sample => Path.Combine(AppContext.BaseDirectory, "samples/fastapi/k8s/hpa.yaml");

    [Theory]
    [ClassData(typeof(KubectlVersions))]
    public async Task Autoscaler_is_applied_shown_and_deleted(string program)
    {
        var kubectl = await cluster.KubectlAsync(program);

        Assert.Equal(
            "horizontalpodautoscaler.autoscaling/fastapi-app-hpa created\n",
                await kubectl.OutputAsync("apply", "-f", Sample));
        Assert.Equal(
            "horizontalpodautoscaler.autoscaling/fastapi-app-hpa unchanged\n",
            await kubectl.OutputAsync("apply", "-f", Sample));

        var table = await kubectl.OutputAsync("get", "hpa");
        Assert.Matches(@"NAME\s+REFERENCE\s+TARGETS\s+MINPODS\s+MAXPODS\s+REPLICAS\s+AGE", table);
        Assert.Matches(
            @"fastapi-app-hpa\s+Deployment/fastapi-app\s+cpu: <unknown>/50%, memory: <unknown>/50%\s+1\s+5\s+0\s",
                table);
        // The version that kubectl autoscale of those days asks for has the metrics in one number.
        Assert.Contains("targetCPUUtilizationPercentage: 50", await kubectl.OutputAsync(
            "get", "horizontalpodautoscalers.v1.autoscaling", "fastapi-app-hpa", "-o", "yaml"),
                StringComparison.Ordinal);

        var text = await kubectl.OutputAsync("describe", "hpa", "fastapi-app-hpa");
        Assert.Matches(@"Reference:\s+Deployment/fastapi-app", text);
        Assert.Matches(@"resource cpu on pods\s+\(as a percentage of request\):\s+<unknown> / 50%", text);
        Assert.Matches(@"resource memory on pods\s+\(as a percentage of request\):\s+<unknown> / 50%", text);
        Assert.Matches(@"Min replicas:\s+1\s+Max replicas:\s+5", text);
        Assert.Matches(@"Stabilization Window: 300 seconds", text);

        Assert.Contains("deleted", await kubectl.OutputAsync("delete", "-f", Sample), StringComparison.Ordinal);
        Assert.Contains("(NotFound)", (await kubectl.RunAsync("get", "hpa", "fastapi-app-hpa")).MustFail(),
            StringComparison.Ordinal);
    }

    [Theory]
    [ClassData(typeof(KubectlVersions))]
    public async Task Autoscaler_is_made_by_the_command_of_chapter_3(string program)
    {
        var kubectl = await cluster.KubectlAsync(program);
        await kubectl.ApplyAsync(Manifests.Deployment("fastapi-app", replicas: 0));

        await kubectl.OutputAsync("autoscale", "deployment", "fastapi-app", "--min=3", "--max=10", "--cpu-percent=50");

        Assert.Matches(
            @"fastapi-app\s+Deployment/fastapi-app\s+cpu: <unknown>/50%\s+3\s+10\s+0\s",
                await kubectl.OutputAsync("get", "hpa"));
        await kubectl.OutputAsync("delete", "deployment/fastapi-app", "hpa/fastapi-app");
    }

    [Fact]
    public async Task Autoscaler_that_makes_no_sense_is_refused()
    {
        var kubectl = await cluster.KubectlAsync();
        var text = (await File.ReadAllTextAsync(Sample)).Replace("minReplicas: 1", "minReplicas: 7",
            StringComparison.Ordinal)
            .Replace("stabilizationWindowSeconds: 300", "stabilizationWindowSeconds: 3601", StringComparison.Ordinal);

        var refusal = (await kubectl.WithInputAsync(text, "apply", "-f", "-")).MustFail();

        Assert.Contains(
            "spec.maxReplicas: Invalid value: 5: must be greater than or equal to `minReplicas`", refusal,
                StringComparison.Ordinal);
        Assert.Contains(
            "spec.behavior.scaleDown.stabilizationWindowSeconds: Invalid value: 3601: must be less than or equal to",
            refusal, StringComparison.Ordinal);
    }
}
