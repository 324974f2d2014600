using Netes.EndToEnd.Clusters;
using Netes.EndToEnd.Tools;

namespace Netes.EndToEnd.Guide;

/// <summary>
/// Chapter 1-4's other forms of a Service: by node port, without an address, with affinity, by another name.
/// </summary>
public sealed class ServiceTests(TestCluster cluster)
{
    [Fact]
    public async Task Node_port_answers_on_every_node()
    {
        var kubectl = await WithPodsAsync(2);
        await kubectl.ApplyAsync(Manifests.Service("web", "NodePort"));
        var port = await kubectl.JsonPathAsync("service", "web-service", "{.spec.ports[0].nodePort}");
        Assert.InRange(int.Parse(port), 30000, 32767);
        Assert.Matches($@"web-service\s+NodePort\s+10\.96\.\d+\.\d+\s+<none>\s+80:{port}/TCP",
            await kubectl.OutputAsync("get", "service"));

        foreach (var node in (string[])[cluster.Local.ControlPlane, cluster.Local.Worker])
        {
            var address = await kubectl.JsonPathAsync("node", node,
                "{.status.addresses[?(@.type=='InternalIP')].address}");
            // From the machine itself, and from a pod.
            var fromHost = await Eventually.Async(
                $"an answer of {address}:{port}", () => AskAsync(address, port), answer => answer.Length > 0);
            Assert.StartsWith("web-", fromHost, StringComparison.Ordinal);
            Assert.StartsWith("web-", await FromPodAsync(kubectl, $"http://{address}:{port}"),
                StringComparison.Ordinal);
        }

        await kubectl.OutputAsync("delete", "deployment,service", "--all", "--wait=false");
    }

    [Fact]
    public async Task Headless_service_is_the_addresses_of_its_pods()
    {
        var kubectl = await WithPodsAsync(2);
        await kubectl.ApplyAsync(Manifests.Service("web").Replace(
            "type: ClusterIP", "clusterIP: None", StringComparison.Ordinal));
        var pods = (
            await kubectl.OutputAsync("get", "pods", "-l", "app=web", "-o", "jsonpath={.items[*].status.podIP}")).Split(
                ' ');
        Assert.Equal(2, pods.Length);

        var name = $"web-service.{kubectl.Namespace}.svc.cluster.local";
        var answer = await Eventually.Async(
            "both addresses", () => kubectl.OutputAsync("exec", "client", "--", "sh", "-c", $"nslookup {name} || true"),
            text => pods.All(pod => text.Contains(pod, StringComparison.Ordinal)));

        Assert.DoesNotContain("10.96.0.1\n", answer, StringComparison.Ordinal);
        Assert.Matches(@"web-service\s+ClusterIP\s+None\s+<none>\s+80/TCP",
            await kubectl.OutputAsync("get", "service"));
        await kubectl.OutputAsync("delete", "deployment,service", "--all", "--wait=false");
    }

    [Fact]
    public async Task Requests_spread_over_pods_and_stay_with_affinity()
    {
        var kubectl = await WithPodsAsync(3);
        await kubectl.ApplyAsync(Manifests.Service("web"));
        await kubectl.WaitForAsync("endpoints", "web-service", "{.subsets[0].addresses[2].targetRef.kind}", "Pod");

        // Rules follow endpoints a moment later. Of 40 requests to 3 pods, each misses one once in ten million runs.
        await Eventually.Async("answers of all pods", () => FortyAsync(kubectl), pods => pods.Count == 3);
        await kubectl.OutputAsync(
            "patch", "service", "web-service", "-p",
            """{"spec":{"sessionAffinity":"ClientIP","sessionAffinityConfig":{"clientIP":{"timeoutSeconds":100}}}}""");
        await Eventually.Async("answers of one pod", () => FortyAsync(kubectl), pods => pods.Count == 1);
        Assert.Single(await FortyAsync(kubectl));

        Assert.Matches(@"Session Affinity:\s+ClientIP",
            await kubectl.OutputAsync("describe", "service", "web-service"));
        await kubectl.OutputAsync("delete", "deployment,service", "--all", "--wait=false");
    }

    [Fact]
    public async Task Service_without_pods_refuses_and_external_name_is_an_alias()
    {
        var kubectl = await WithPodsAsync(1);
        await kubectl.ApplyAsync(Manifests.Service("web"));
        await kubectl.OutputAsync(
            "create", "service", "externalname", "elsewhere",
                $"--external-name=web-service.{kubectl.Namespace}.svc.cluster.local");
        Assert.StartsWith("web-", await FromPodAsync(kubectl, "http://elsewhere"), StringComparison.Ordinal);

        await kubectl.OutputAsync("scale", "deployment/web", "--replicas=0");
        // While the last pod goes, its address may be silent, or there no more.
        await kubectl.WaitForAsync("endpoints", "web-service", "{.subsets}", "");
        await Eventually.Async(
            "a refusal",
            () => WgetAsync(kubectl, "http://web-service"),
            result => result.ExitCode != 0 && result.Errors.Contains("Connection refused", StringComparison.Ordinal));
        await kubectl.OutputAsync("delete", "deployment,service", "--all", "--wait=false");
    }

    private async Task<Kubectl> WithPodsAsync(int replicas)
    {
        var kubectl = await cluster.KubectlAsync();
        await kubectl.ApplyAsync(Manifests.Deployment("web", replicas, cpu: "10m"));
        await kubectl.ApplyAsync(Manifests.Pod("client", "sleep 100000"));
        await kubectl.OutputAsync("rollout", "status", "deployment/web", "--timeout=120s");
        await kubectl.OutputAsync("wait", "--for=condition=Ready", "pod/client", "--timeout=120s");
        return kubectl;
    }

    private static async Task<string> FromPodAsync(Kubectl kubectl, string url) => (await Eventually.Async(
        $"an answer of {url}", () => WgetAsync(kubectl, url), result => result.ExitCode == 0)).Output;

    // An address that nobody has any more is silent for minutes. (wget's own -T crashes in Debian's busybox.)
    private static Task<CommandResult> WgetAsync(Kubectl kubectl, string url) => kubectl.RunAsync(
        "exec", "client", "--", "busybox", "timeout", "5", "wget", "-q", "-O", "-", url);

    private static async Task<IReadOnlyList<string>> FortyAsync(Kubectl kubectl)
    {
        const string Script = "for i in $(seq 40); do"
            + " busybox timeout 5 wget -q -O - http://web-service || echo failed; done";
        var answers = await kubectl.OutputAsync("exec", "client", "--", "sh", "-c", Script);
        return [.. answers.Split('\n', StringSplitOptions.RemoveEmptyEntries).Distinct()];
    }

    private static async Task<string> AskAsync(string address, string port)
    {
        using var http = new HttpClient(
            new SocketsHttpHandler { UseProxy = false }) { Timeout = TimeSpan.FromSeconds(5) };
        try
        {
            return await http.GetStringAsync(new Uri($"http://{address}:{port}/"));
        }
        catch (Exception error) when (error is HttpRequestException or TaskCanceledException)
        {
            return "";
        }
    }
}
