using Netes.EndToEnd.Clusters;
using Netes.EndToEnd.Tools;

namespace Netes.EndToEnd.Guide;

/// <summary>
/// The guide's chapters 1-3, 1-4, 1-7 and 2-1 with every kubectl: a Deployment and a Service are applied, looked at
/// from all sides, used, scaled and deleted.
/// </summary>
public sealed class WebAppTests(TestCluster cluster)
{
    [Theory]
    [ClassData(typeof(KubectlVersions))]
    public async Task Web_app_is_applied_seen_used_scaled_and_deleted(string program)
    {
        var kubectl = await cluster.KubectlAsync(program);
        Assert.Contains(
            "deployment.apps/web created", await kubectl.ApplyAsync(Manifests.Deployment("web")),
            StringComparison.Ordinal);
        Assert.Contains(
            "service/web-service created", await kubectl.ApplyAsync(Manifests.Service("web")),
            StringComparison.Ordinal);
        Assert.Contains(
            "successfully rolled out",
            await kubectl.OutputAsync("rollout", "status", "deployment/web", "--timeout=120s"),
            StringComparison.Ordinal);
        Assert.Contains("unchanged", await kubectl.ApplyAsync(Manifests.Service("web")), StringComparison.Ordinal);

        await SeeAsync(kubectl);
        await UseAsync(kubectl);

        await kubectl.OutputAsync("scale", "deployment/web", "--replicas=2");
        await kubectl.WaitForAsync("deployment", "web", "{.status.readyReplicas}", "2");
        await kubectl.OutputAsync("delete", "deployment/web", "service/web-service");
        await Eventually.Async(
            "the pods are gone", () => kubectl.OutputAsync("get", "pods", "-o", "name"), names => names.Length == 0);
    }

    private static async Task SeeAsync(Kubectl kubectl)
    {
        Assert.Matches(@"NAME\s+READY\s+UP-TO-DATE\s+AVAILABLE\s+AGE\s+web\s+1/1\s+1\s+1\s",
            await kubectl.OutputAsync("get", "deployments"));
        Assert.Matches(
            @"NAME\s+READY\s+STATUS\s+RESTARTS\s+AGE\s+web-\w+-\w+\s+1/1\s+Running\s+0\s",
            await kubectl.OutputAsync("get", "pods"));
        Assert.Matches(@"10\.244\.\d+\.\d+\s+e2e-\w+-worker", await kubectl.OutputAsync("get", "pods", "-o", "wide"));
        Assert.Matches(
            @"web-service\s+ClusterIP\s+10\.96\.\d+\.\d+\s+<none>\s+80/TCP",
            await kubectl.OutputAsync("get", "services"));
        await kubectl.ShowsAsync("get endpoints", @"web-service\s+10\.244\.\d+\.\d+:8000");
        Assert.Contains("kind: Deployment", await kubectl.OutputAsync("get", "deployment", "web", "-o", "yaml"),
            StringComparison.Ordinal);
        Assert.Contains("\"kind\": \"Pod\"", await kubectl.OutputAsync("get", "pods", "-o", "json"),
            StringComparison.Ordinal);
        Assert.Equal("1", await kubectl.JsonPathAsync("deployment", "web", "{.status.readyReplicas}"));
        Assert.Matches(@"NAME\s+IMAGE\s+web\s+netes\.test/busybox:1", await kubectl.OutputAsync(
            "get", "deployments", "-o",
            "custom-columns=NAME:.metadata.name,IMAGE:.spec.template.spec.containers[0].image"));
        Assert.Contains("web-", await kubectl.OutputAsync("get", "pods", "--sort-by=.metadata.creationTimestamp"),
            StringComparison.Ordinal);
        Assert.Contains("web-", await kubectl.OutputAsync("get", "pods", "-l", "app=web", "--no-headers"),
            StringComparison.Ordinal);

        var deployment = await kubectl.ShowsAsync(
            "describe deployment web", @"Scaled up replica set web-\w+ (from 0 )?to 1");
        Assert.Contains("StrategyType:           RollingUpdate", deployment, StringComparison.Ordinal);
        await kubectl.ShowsAsync("describe service web-service", @"Endpoints:\s+10\.244\.\d+\.\d+:8000");
        await kubectl.ShowsAsync(
            "describe pods -l app=web",
            @"Normal\s+Scheduled\s", @"Normal\s+Pulled\s", @"Normal\s+Created\s", @"Normal\s+Started\s");
        await kubectl.ShowsAsync("get events", "Started");
    }

    private static async Task UseAsync(Kubectl kubectl)
    {
        var pod = (await kubectl.OutputAsync("get", "pods", "-l", "app=web", "-o",
            "jsonpath={.items[0].metadata.name}")).Trim();
        Assert.Contains("started", await kubectl.OutputAsync("logs", pod), StringComparison.Ordinal);
        Assert.Contains("started", await kubectl.OutputAsync("logs", "deployment/web", "-c", "web", "--tail=1000"),
            StringComparison.Ordinal);
        Assert.Equal($"{pod}\n", await kubectl.OutputAsync("exec", pod, "--", "hostname"));
        // A node's rules follow the endpoints.
        await kubectl.ShowsAsync($"exec {pod} -- busybox timeout 5 wget -q -O - http://web-service", $"^{pod}\n$");
        var full = $"http://web-service.{kubectl.Namespace}.svc.cluster.local:80/";
        await kubectl.ShowsAsync($"exec {pod} -- busybox timeout 5 wget -q -O - {full}", $"^{pod}\n$");
        await using (var forward = await PortForward.StartAsync(kubectl, "service/web-service", 80))
        {
            Assert.Equal(pod, (await forward.GetAsync("/")).Trim());
        }

        var proxied = await kubectl.OutputAsync(
            "get", "--raw", $"/api/v1/namespaces/{kubectl.Namespace}/services/web-service:80/proxy/");
        Assert.Equal(pod, proxied.Trim());
    }
}
