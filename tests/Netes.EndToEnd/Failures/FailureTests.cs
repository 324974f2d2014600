using Netes.EndToEnd.Clusters;
using Netes.EndToEnd.Tools;

namespace Netes.EndToEnd.Failures;

/// <summary>What the guide's chapter 1-7 looks for when something is wrong: it is said plainly, in Kubernetes'
/// words.</summary>
public sealed class FailureTests(TestCluster cluster)
{
    [Fact]
    public async Task Absent_image_is_named()
    {
        var kubectl = await cluster.KubectlAsync();
        await kubectl.ApplyAsync(Manifests.Pod("absent", "true")
            .Replace(TestImage.Name, "netes.test/absent:1", StringComparison.Ordinal));

        await kubectl.WaitForAsync("pod", "absent", "{.status.containerStatuses[0].state.waiting.reason}",
            "ErrImageNeverPull");
        await kubectl.ShowsAsync(
            "describe pod absent",
            @"Container image ""netes\.test/absent:1"" is not present with pull policy of Never");
        Assert.Matches(@"absent\s+0/1\s+ErrImageNeverPull", await kubectl.OutputAsync("get", "pods"));
    }

    [Fact]
    public async Task Image_that_cannot_be_pulled_backs_off()
    {
        var kubectl = await cluster.KubectlAsync();
        // A registry on the pod's own node that refuses: nothing leaves the machine.
        await kubectl.ApplyAsync(Manifests.Pod("pulled", "true")
            .Replace(TestImage.Name, "127.0.0.1:1/nothing:1", StringComparison.Ordinal)
            .Replace("imagePullPolicy: Never", "imagePullPolicy: Always", StringComparison.Ordinal));

        await kubectl.WaitForAsync("pod", "pulled", "{.status.containerStatuses[0].state.waiting.reason}",
            "ImagePullBackOff");
        await kubectl.ShowsAsync(
            "describe pod pulled", @"Failed to pull image ""127\.0\.0\.1:1/nothing:1""",
            @"Back-off pulling image ""127\.0\.0\.1:1/nothing:1""");
    }

    [Fact]
    public async Task Crashing_container_backs_off_and_keeps_its_last_logs()
    {
        var kubectl = await cluster.KubectlAsync();
        await kubectl.ApplyAsync(Manifests.Pod("crash", "echo last words; exit 42"));

        await kubectl.WaitForAsync("pod", "crash", "{.status.containerStatuses[0].state.waiting.reason}",
            "CrashLoopBackOff");
        await kubectl.ShowsAsync("logs crash --previous", "^last words\n$");
        Assert.Equal("42", await kubectl.JsonPathAsync("pod", "crash",
            "{.status.containerStatuses[0].lastState.terminated.exitCode}"));
        await kubectl.ShowsAsync("describe pod crash", "Back-off restarting failed container main in pod crash_");
    }

    [Fact]
    public async Task Pod_that_fits_nowhere_stays_pending_and_says_why()
    {
        var kubectl = await cluster.KubectlAsync();
        await kubectl.ApplyAsync(Manifests.Pod("huge", "true", "", "resources: { requests: { cpu: \"1000\" } }"));

        await kubectl.WaitForAsync("pod", "huge", "{.status.conditions[?(@.type=='PodScheduled')].reason}",
            "Unschedulable");
        Assert.Matches(@"huge\s+0/1\s+Pending", await kubectl.OutputAsync("get", "pods"));
        await kubectl.ShowsAsync("describe pod huge", "FailedScheduling.*0/2 nodes are available:.*Insufficient cpu");
    }

    [Theory]
    [ClassData(typeof(KubectlVersions))]
    public async Task Bad_input_is_refused_in_kubernetes_words_and_changes_nothing(string program)
    {
        var kubectl = await cluster.KubectlAsync(program);

        var broken = await kubectl.WithInputAsync("kind: Pod\n  broken: [", "apply", "-f", "-");
        Assert.Contains("error", broken.MustFail(), StringComparison.OrdinalIgnoreCase);
        var unknown = await kubectl.WithInputAsync(
            Manifests.Deployment("web").Replace("replicas:", "replica:", StringComparison.Ordinal), "apply", "-f", "-");
        Assert.Contains("unknown field \"spec.replica\"", unknown.MustFail(), StringComparison.Ordinal);
        var invalid = await kubectl.WithInputAsync(
            Manifests.Deployment("web")
            .Replace("app: web\n  template", "app: other\n  template", StringComparison.Ordinal)
                .Replace("containerPort: 8000", "containerPort: 80000", StringComparison.Ordinal), "create", "-f", "-");
        Assert.Contains(
            "spec.template.spec.containers[0].ports[0].containerPort: Invalid value: 80000: must be between 1 and 65535, inclusive",
            invalid.MustFail(), StringComparison.Ordinal);
        Assert.Contains("(NotFound)", (await kubectl.RunAsync("get", "deployment", "web")).MustFail(),
            StringComparison.Ordinal);
    }
}
