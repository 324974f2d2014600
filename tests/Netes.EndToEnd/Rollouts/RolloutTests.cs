using Netes.EndToEnd.Clusters;
using Netes.EndToEnd.Tools;

namespace Netes.EndToEnd.Rollouts;

/// <summary>
/// Goal: the guide's chapters 3-1, 4, 5 and 6, and a node that is drained, cost no request. Method: its app on two
/// nodes is asked all the time, in every way that a Service can be reached, while each command of these chapters is
/// given by the newest kubectl; at the end no request may have failed.
/// </summary>
public sealed class RolloutTests : IAsyncLifetime
{
    private const string App = "deployment/fastapi-app";
    private readonly LocalCluster _cluster = new("rollout");

    public async ValueTask InitializeAsync()
    {
        await _cluster.CreateAsync("--workers", "1", "--wait", "120s");
        await _cluster.LoadTestImageAsync();
        var archive = Path.Combine(_cluster.Folder, "versions.tar");
        await SampleVersions.WriteAsync(archive, "latest", "v2.0", "v3.0");
        (await _cluster.NetesAsync("load", "image-archive", archive, "--name", _cluster.Name)).MustSucceed();
    }

    public async ValueTask DisposeAsync() => await _cluster.DeleteAsync();

    [Fact]
    public async Task Guide_is_followed_under_load_and_no_request_fails()
    {
        var kubectl = await _cluster.KubectlAsync();
        // The app may run on both nodes, as in a cluster of workers.
        Assert.Equal(
            $"node/{_cluster.ControlPlane} untainted\n",
            await kubectl.OutputAsync(
                "taint", "node", _cluster.ControlPlane, "node-role.kubernetes.io/control-plane:NoSchedule-"));
        await kubectl.ApplyAsync(GuideApp.Deployment(3, "latest"));
        await kubectl.ApplyAsync(GuideApp.Service);
        await RolledOutAsync(kubectl);
        var entries = await GuideApp.EntriesAsync(_cluster, kubectl);

        await using var load = new ConstantLoad(entries);
        try
        {
            await ScaleUpAsync(kubectl, load);
            await UpdateAsync(kubectl, load);
            await PauseAsync(kubectl, load);
            await SurviveBadImageAsync(kubectl, load);
            await RollBackAsync(kubectl, load);
            await RestartAsync(kubectl, load);
            await DrainAsync(kubectl, load);
            await ScaleDownAsync(kubectl, load);
            await load.EndAsync();
        }
        finally
        {
            Console.WriteLine(load);
        }

        Assert.True(load.Failures.Count == 0, load.ToString());
        Assert.True(load.Count > 5000, load.ToString());
    }

    // Chapter 3-1.
    private static async Task ScaleUpAsync(Kubectl kubectl, ConstantLoad load)
    {
        load.Step("kubectl scale deployment fastapi-app --replicas=5");
        Assert.Equal(
            "deployment.apps/fastapi-app scaled\n",
            await kubectl.OutputAsync("scale", "deployment", "fastapi-app", "--replicas=5"));
        await RolledOutAsync(kubectl);
        Assert.Matches(@"fastapi-app\s+5/5\s+5\s+5\s", await kubectl.OutputAsync("get", "deployment", "fastapi-app"));
        await Eventually.Async("answers of all five", () => Task.FromResult(load.Pods), pods => pods == 5);
        load.Step("kubectl scale deployment fastapi-app --replicas=3");
        await kubectl.OutputAsync("scale", "deployment", "fastapi-app", "--replicas=3");
        await PodsAsync(kubectl, 3);
        await load.GoOnAsync();
    }

    // Chapters 4-1 to 4-4 and 5-3: by command, and by file.
    private static async Task UpdateAsync(Kubectl kubectl, ConstantLoad load)
    {
        load.Step("kubectl set image: v2.0");
        Assert.Equal(
            "deployment.apps/fastapi-app image updated\n",
            await kubectl.OutputAsync("set", "image", App, "fastapi-app=my-fastapi-app:v2.0"));
        var said = await RolledOutAsync(kubectl);
        Assert.Matches(
            """(rollout to finish: \d (out of 3 new|old) replicas.*\n)*deployment "fastapi-app" successfully rolled out""",
            said);
        await AllAnswerAsync(kubectl, load, "v2.0");

        load.Step("kubectl apply: environment variables");
        const string Env = """
                      env:
                        - { name: APP_ENV, value: "production" }
                        - { name: NEW_FEATURE_FLAG, value: "enabled" }
            """;
        Assert.Equal(
            "deployment.apps/fastapi-app configured\n",
            await kubectl.ApplyAsync(GuideApp.Deployment(3, "v2.0", Env)));
        await RolledOutAsync(kubectl);
        await PodsAsync(kubectl, 3);
        Assert.Matches(
            @"Environment:\s+APP_ENV:\s+production\s+NEW_FEATURE_FLAG:\s+enabled",
            await kubectl.OutputAsync("describe", "pod", "-l", "app=fastapi-app"));
        await load.GoOnAsync();
    }

    // Chapter 5-4 (1, 2): a rollout is held in its middle, and goes on.
    private static async Task PauseAsync(Kubectl kubectl, ConstantLoad load)
    {
        load.Step("kubectl set image: v3.0, rollout pause");
        // New pods count after a while only: the pause comes in the rollout's middle, whoever is quicker.
        await kubectl.OutputAsync("patch", "deployment", "fastapi-app", "-p", """{"spec":{"minReadySeconds":10}}""");
        await kubectl.SettledAsync("fastapi-app");
        await kubectl.OutputAsync("set", "image", App, "fastapi-app=my-fastapi-app:v3.0");
        Assert.Equal("deployment.apps/fastapi-app paused\n", await kubectl.OutputAsync("rollout", "pause", App));
        Assert.Contains(
            "error: deployments.apps \"fastapi-app\" is already paused",
            (await kubectl.RunAsync("rollout", "pause", App)).MustFail(), StringComparison.Ordinal);
        Assert.Contains(
            "you cannot rollback a paused deployment; resume it first",
            (await kubectl.RunAsync("rollout", "undo", App)).MustFail(), StringComparison.Ordinal);
        Assert.Contains(
            "error: timed out waiting for the condition",
            (await kubectl.RunAsync("rollout", "status", App, "--timeout=3s")).MustFail(), StringComparison.Ordinal);
        await kubectl.WaitForAsync(
            "deployment", "fastapi-app", "{.status.conditions[?(@.type=='Progressing')].reason}", "DeploymentPaused");
        Assert.NotEqual("3", await kubectl.JsonPathAsync("deployment", "fastapi-app", "{.status.updatedReplicas}"));

        load.Step("kubectl rollout resume");
        await kubectl.OutputAsync("patch", "deployment", "fastapi-app", "-p", """{"spec":{"minReadySeconds":0}}""");
        Assert.Equal("deployment.apps/fastapi-app resumed\n", await kubectl.OutputAsync("rollout", "resume", App));
        await RolledOutAsync(kubectl);
        await AllAnswerAsync(kubectl, load, "v3.0");
    }

    // Chapter 5-4 (3): the update gets stuck, the Service does not notice, and the update is taken back.
    private static async Task SurviveBadImageAsync(Kubectl kubectl, ConstantLoad load)
    {
        load.Step("kubectl set image: one that nobody has");
        await kubectl.OutputAsync(
            "patch", "deployment", "fastapi-app", "-p", """{"spec":{"progressDeadlineSeconds":6}}""");
        await kubectl.OutputAsync("set", "image", App, "fastapi-app=my-fastapi-app:v4.0");
        var said = (await kubectl.RunAsync("rollout", "status", App, "--timeout=60s")).MustFail();
        Assert.Contains("error: deployment \"fastapi-app\" exceeded its progress deadline", said,
            StringComparison.Ordinal);
        await kubectl.ShowsAsync("get deployment fastapi-app", @"fastapi-app\s+2/3\s+2\s+2\s");
        await kubectl.ShowsAsync("get pods", @"\s0/1\s+ErrImageNeverPull\s");

        load.Step("kubectl rollout undo");
        await kubectl.OutputAsync(
            "patch", "deployment", "fastapi-app", "-p", """{"spec":{"progressDeadlineSeconds":600}}""");
        Assert.Equal("deployment.apps/fastapi-app rolled back\n", await kubectl.OutputAsync("rollout", "undo", App));
        // Late it stays until something has moved.
        await kubectl.WaitForAsync(
            "deployment", "fastapi-app", "{.status.conditions[?(@.type=='Progressing')].status}", "True");
        await RolledOutAsync(kubectl);
        await AllAnswerAsync(kubectl, load, "v3.0");
    }

    // Chapters 4-5 and 6: revisions 1 latest, 2 v2.0, 3 the variables, 4 v3.0 and, rolled back to, 6; 5 the bad image.
    private static async Task RollBackAsync(Kubectl kubectl, ConstantLoad load)
    {
        load.Step("kubectl rollout undo --to-revision=2");
        Assert.Matches(
            @"^deployment\.apps/fastapi-app\s\nREVISION\s+CHANGE-CAUSE\n1\s+<none>\n2\s+<none>\n3\s+<none>\n"
            + @"5\s+<none>\n6\s+<none>\n",
            await kubectl.OutputAsync("rollout", "history", App));
        Assert.Matches(
            @"fastapi-app with revision #2\nPod Template:\n\s+Labels:\s+app=fastapi-app\n\s+pod-template-hash=\w+\n"
            + @"(.*\n)*\s+Image:\s+my-fastapi-app:v2\.0",
            await kubectl.OutputAsync("rollout", "history", App, "--revision=2"));
        Assert.Contains(
            "error: unable to find specified revision 99 in history",
            (await kubectl.RunAsync("rollout", "undo", App, "--to-revision=99")).MustFail(),
            StringComparison.Ordinal);
        Assert.Equal(
            "deployment.apps/fastapi-app rolled back\n",
            await kubectl.OutputAsync("rollout", "undo", App, "--to-revision=2"));
        await RolledOutAsync(kubectl);
        await AllAnswerAsync(kubectl, load, "v2.0");
        Assert.Matches(
            @"CHANGE-CAUSE\n1\s+<none>\n3\s+<none>\n5\s+<none>\n6\s+<none>\n7\s+<none>\n",
            await kubectl.OutputAsync("rollout", "history", App));
        Assert.Contains(
            "skipped rollback (current template already matches revision 7)",
            await kubectl.OutputAsync("rollout", "undo", App, "--to-revision=7"), StringComparison.Ordinal);
    }

    private static async Task RestartAsync(Kubectl kubectl, ConstantLoad load)
    {
        load.Step("kubectl rollout restart");
        Assert.Equal(
            "deployment.apps/fastapi-app restarted\n", await kubectl.OutputAsync("rollout", "restart", App));
        await RolledOutAsync(kubectl);
        await AllAnswerAsync(kubectl, load, "v2.0");
    }

    // A budget keeps its pods; with room for one, they go one after the other.
    private async Task DrainAsync(Kubectl kubectl, ConstantLoad load)
    {
        load.Step("kubectl drain, which the budget forbids");
        await kubectl.OutputAsync("create", "pdb", "all", "--selector=app=fastapi-app", "--min-available=3");
        await kubectl.WaitForAsync("pdb", "all", "{.status.currentHealthy}", "3");
        Assert.Contains(
            "Cannot evict pod as it would violate the pod's disruption budget.",
            (await kubectl.RunAsync("drain", _cluster.Worker, "--ignore-daemonsets", "--timeout=10s")).MustFail(),
            StringComparison.Ordinal);
        await kubectl.OutputAsync("patch", "pdb", "all", "-p", """{"spec":{"minAvailable":2}}""");
        await kubectl.WaitForAsync("pdb", "all", "{.status.disruptionsAllowed}", "1");
        Assert.Matches(@"all\s+2\s+N/A\s+1\s", await kubectl.OutputAsync("get", "pdb"));

        load.Step("kubectl drain");
        var said = await kubectl.OutputAsync("drain", _cluster.Worker, "--ignore-daemonsets", "--timeout=120s");
        Assert.Contains($"node/{_cluster.Worker} already cordoned\n", said, StringComparison.Ordinal);
        Assert.Matches($@"evicting pod {kubectl.Namespace}/fastapi-app-\w+-\w+\n", said);
        Assert.Matches(@"pod/fastapi-app-\w+-\w+ evicted\n", said);
        Assert.Contains($"node/{_cluster.Worker} drained\n", said, StringComparison.Ordinal);
        Assert.Matches($@"{_cluster.Worker}\s+Ready,SchedulingDisabled\s", await kubectl.OutputAsync("get", "nodes"));
        await kubectl.WaitForAsync("deployment", "fastapi-app", "{.status.readyReplicas}", "3");
        Assert.Equal(
            "", await kubectl.OutputAsync("get", "pods", "--field-selector", $"spec.nodeName={_cluster.Worker}", "-o",
                "name"));
        await load.GoOnAsync();
        Assert.Equal(
            $"node/{_cluster.Worker} uncordoned\n", await kubectl.OutputAsync("uncordon", _cluster.Worker));
        await kubectl.OutputAsync("delete", "pdb", "all");
    }

    private static async Task ScaleDownAsync(Kubectl kubectl, ConstantLoad load)
    {
        load.Step("kubectl scale deployment fastapi-app --replicas=1");
        await kubectl.OutputAsync("scale", "deployment", "fastapi-app", "--replicas=1");
        await PodsAsync(kubectl, 1);
        await load.GoOnAsync();
    }

    private static async Task<string> RolledOutAsync(Kubectl kubectl)
    {
        var said = await kubectl.OutputAsync("rollout", "status", App, "--timeout=180s");
        Assert.EndsWith("deployment \"fastapi-app\" successfully rolled out\n", said, StringComparison.Ordinal);
        return said;
    }

    private static Task PodsAsync(Kubectl kubectl, int count) => Eventually.Async(
        $"{count} pods and no more",
        () => kubectl.OutputAsync("get", "pods", "-l", "app=fastapi-app", "--no-headers"),
        text => text.Split('\n', StringSplitOptions.RemoveEmptyEntries) is var lines && lines.Length == count
            && lines.All(line => line.Contains(" 1/1 ", StringComparison.Ordinal)));

    // Chapters 4-3, 5-5 and 6-4: the pods are those of the version, and only those answer.
    private static async Task AllAnswerAsync(Kubectl kubectl, ConstantLoad load, string version)
    {
        await PodsAsync(kubectl, 3);
        Assert.Equal(
            $"my-fastapi-app:{version} my-fastapi-app:{version} my-fastapi-app:{version}",
            await kubectl.OutputAsync("get", "pods", "-l", "app=fastapi-app", "-o",
                "jsonpath={.items[*].spec.containers[0].image}"));
        load.ForgetVersions();
        await load.GoOnAsync();
        Assert.Equal(version, load.Versions);
    }
}
