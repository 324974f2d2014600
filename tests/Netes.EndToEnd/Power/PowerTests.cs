using Netes.EndToEnd.Clusters;
using Netes.EndToEnd.Tools;
using Netes.NodeTests.Machines;

namespace Netes.EndToEnd.Power;

/// <summary>
/// A cluster from a configuration file in kind's form: what the file asks for is there, all of it comes back after a
/// stop and after a reboot of the machine, and a deletion leaves nothing.
/// </summary>
public sealed class PowerTests : IAsyncLifetime
{
    private readonly LocalCluster _cluster = new("power");
    private readonly int _nodePort = FreePort.Take(), _hostPort = FreePort.Take(), _apiPort = FreePort.Take();

    public ValueTask InitializeAsync() => ValueTask.CompletedTask;

    public async ValueTask DisposeAsync() => await _cluster.DeleteAsync();

    [Fact]
    public async Task Configured_cluster_survives_stop_and_reboot_and_leaves_nothing()
    {
        var given = Directory.CreateDirectory(Path.Combine(_cluster.Folder, "given")).FullName;
        await File.WriteAllTextAsync(Path.Combine(given, "file"), "from the host");
        var config = Path.Combine(_cluster.Folder, "cluster.yaml");
        await File.WriteAllTextAsync(config, Config(given));
        await _cluster.CreateAsync("--config", config, "--wait", "120s");
        await _cluster.LoadTestImageAsync();
        var kubectl = await _cluster.KubectlAsync();
        var network = NodeNetwork(await kubectl.JsonPathAsync(
            "node", _cluster.Worker, "{.status.addresses[?(@.type=='InternalIP')].address}"));

        await SetUpAsync(kubectl);
        await CheckAsync(kubectl);
        var pods = await PodsAsync(kubectl);

        (await _cluster.NetesAsync("stop", "cluster", "--name", _cluster.Name)).MustSucceed();
        // Off: the files are all that is left of it.
        await IsLeftAsync(network, "file");
        var stopped = (await kubectl.RunAsync("get", "nodes")).MustFail();
        Assert.Contains("refused", stopped, StringComparison.Ordinal);

        await StartAsync(kubectl);
        await CheckAsync(kubectl);
        Assert.Equal(pods, await PodsAsync(kubectl));

        await LosePowerAsync();
        await StartAsync(kubectl);
        await CheckAsync(kubectl);
        Assert.Equal(pods, await PodsAsync(kubectl));

        Assert.Equal(
            ["cgroup", "file", "link", "namespace", "process", "route"],
            MachineState.Kinds(await MachineState.OfAsync(_cluster, network)).Except(["mount", "rule"]));
        var deleted = await _cluster.NetesAsync("delete", "cluster", "--name", _cluster.Name);
        deleted.MustSucceed();
        Assert.Contains(
            $"Deleted nodes: [\"{_cluster.ControlPlane}\" \"{_cluster.Worker}\"]", deleted.Errors,
                StringComparison.Ordinal);
        await IsLeftAsync(network, "");
        Assert.DoesNotContain(_cluster.Context, await File.ReadAllTextAsync(_cluster.Kubeconfig),
            StringComparison.Ordinal);
    }

    private string Config(string given) => $$"""
        kind: Cluster
        apiVersion: kind.x-k8s.io/v1alpha4
        networking:
          apiServerAddress: 127.0.0.1
          apiServerPort: {{_apiPort}}
          podSubnet: 10.60.0.0/16
          serviceSubnet: 10.61.0.0/16
        nodes:
          - role: control-plane
            extraPortMappings:
              - { containerPort: 30080, hostPort: {{_nodePort}}, listenAddress: 127.0.0.1, protocol: TCP }
          - role: worker
            labels: { tier: front }
            extraMounts:
              - { hostPath: {{given}}, containerPath: /given, readOnly: true }
            extraPortMappings:
              - { containerPort: 8088, hostPort: {{_hostPort}}, listenAddress: 127.0.0.1 }
        """;

    private static async Task SetUpAsync(Kubectl kubectl)
    {
        await kubectl.ApplyAsync(Manifests.Deployment("web", replicas: 2, cpu: "10m"));
        await kubectl.ApplyAsync(Manifests.Service("web", "NodePort").Replace(
            "targetPort: 8000", "targetPort: 8000\n      nodePort: 30080", StringComparison.Ordinal));
        await kubectl.ApplyAsync(Manifests.Pod(
            "host-port",
            "cp /given/file /www/index.html; exec httpd -f -p 9000 -h /www",
            """
            nodeSelector: { tier: front }
            volumes: [{ name: given, hostPath: { path: /given } }]
            """,
            """
            ports: [{ containerPort: 9000, hostPort: 8088 }]
            volumeMounts: [{ name: given, mountPath: /given }]
            """));
        await kubectl.OutputAsync("create", "configmap", "kept", "--from-literal=color=blue");
    }

    private async Task CheckAsync(Kubectl kubectl)
    {
        Assert.Equal($"https://127.0.0.1:{_apiPort}", _cluster.ApiServer());
        await kubectl.OutputAsync("rollout", "status", "deployment/web", "--timeout=120s");
        await kubectl.OutputAsync("wait", "--for=condition=Ready", "pod/host-port", "--timeout=120s");
        Assert.Equal("blue", await kubectl.JsonPathAsync("configmap", "kept", "{.data.color}"));
        Assert.StartsWith("10.61.", await kubectl.JsonPathAsync("service", "web-service", "{.spec.clusterIP}"));
        Assert.StartsWith("10.60.", await kubectl.JsonPathAsync("pod", "host-port", "{.status.podIP}"));
        Assert.StartsWith("web-", await AnswerAsync(_nodePort), StringComparison.Ordinal);
        Assert.Equal("from the host", await AnswerAsync(_hostPort));
        // Names and Services work within, too.
        await Eventually.Async(
            "the Service by its name",
            () => kubectl.RunAsync("exec", "host-port", "--", "wget", "-q", "-O", "-", "http://web-service"),
            result => result.Output.StartsWith("web-", StringComparison.Ordinal));
    }

    private async Task StartAsync(Kubectl kubectl)
    {
        (await _cluster.NetesAsync("start", "cluster", "--name", _cluster.Name)).MustSucceed();
        await kubectl.OutputAsync("wait", "--for=condition=Ready", "nodes", "--all", "--timeout=120s");
    }

    // What a reboot does: every process ends at once, and mounts and network namespaces are no more.
    private async Task LosePowerAsync()
    {
        string[] nodes = [_cluster.ControlPlane, _cluster.Worker];
        var before = nodes.SelectMany(node => NodeProcesses.All(_cluster, node)).Select(each => $"{each.Pid}").ToList();
        Assert.NotEmpty(before);
        // Some end with their node's first process before it is their turn.
        await Command.RunAsync("kill", ["-9", .. before]);
        await Eventually.Async(
            "all processes to end", () => Task.FromResult(nodes.Sum(node => NodeProcesses.All(_cluster, node).Count)),
            left => left == 0);
        foreach (var file in Directory.GetFiles("/run/netns").Where(file =>
            Path.GetFileName(file).StartsWith($"netes-{_cluster.Name}", StringComparison.Ordinal)))
        {
            (await Command.RunAsync("umount", [file])).MustSucceed();
            File.Delete(file);
        }
    }

    // The pods that are there are the same objects as before: by their uids.
    private static Task<string> PodsAsync(Kubectl kubectl) => kubectl.OutputAsync(
        "get", "pods", "--sort-by=.metadata.name",
        "-o", "jsonpath={range .items[*]}{.metadata.name} {.metadata.uid}{'\\n'}{end}");

    private static async Task<string> AnswerAsync(int port)
    {
        using var http = new HttpClient(
            new SocketsHttpHandler { UseProxy = false }) { Timeout = TimeSpan.FromSeconds(5) };
        return await Eventually.Async($"an answer at {port}", async () =>
        {
            try
            {
                return await http.GetStringAsync(new Uri($"http://127.0.0.1:{port}/"));
            }
            catch (Exception error) when (error is HttpRequestException or TaskCanceledException)
            {
                return "";
            }
        }, answer => answer.Length > 0);
    }

    // The kernel takes the links and routes of a network namespace down in the background.
    private async Task IsLeftAsync(string network, string kinds)
    {
        IReadOnlyList<string> left = [];
        await Eventually.Async(
            $"only {kinds} to be left",
            async () => string.Join('\n', left = await MachineState.OfAsync(_cluster, network)),
            _ => string.Join(' ', MachineState.Kinds(left)) == kinds, TimeSpan.FromSeconds(20));
    }

    private static string NodeNetwork(string address) => address[..(address.LastIndexOf('.') + 1)];
}
