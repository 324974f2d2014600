using System.Diagnostics;
using System.Text;
using Netes.EndToEnd.Clusters;
using Netes.EndToEnd.Tools;

namespace Netes.EndToEnd.Machines;

/// <summary>
/// <c>netes server</c> and <c>netes agent</c> as on real machines: two nodes that run nothing but containerd stand for
/// them, and the programs are started by hand with the flags that a person gives.
/// </summary>
public sealed class RealMachineTests : IAsyncLifetime
{
    // The program of a machine is where its owner put it; here, where its node sees it.
    private const string Program = "/run/netes/program/netes";
    private readonly LocalCluster _machines = new("machines");
    private readonly List<Process> _started = [];
    private readonly StringBuilder _output = new();

    public async ValueTask InitializeAsync()
    {
        await _machines.CreateAsync("--workers", "1", "--without-kubernetes");
        await _machines.LoadTestImageAsync();
    }

    public async ValueTask DisposeAsync()
    {
        foreach (var process in _started)
        {
            process.Kill(entireProcessTree: true);
            await process.WaitForExitAsync();
            process.Dispose();
        }

        await _machines.DeleteAsync();
    }

    [Fact]
    public async Task Server_and_agent_make_a_cluster_of_two_machines()
    {
        // A machine does not have the sandbox's image by itself.
        foreach (var machine in (string[])[_machines.ControlPlane, _machines.Worker])
        {
            (await _machines.OnNodeAsync(machine, "ctr", "-n", "k8s.io", "images", "rm", "netes.local/pause:1"))
                .MustSucceed();
        }

        Start(_machines.ControlPlane, "server", "--kubeconfig-out", "/run/netes/node/admin.kubeconfig");
        var kubeconfig = Path.Combine(_machines.Share(_machines.ControlPlane), "admin.kubeconfig");
        var kubectl = new Kubectl(Kubectl.FindAll()[^1], kubeconfig, "default");
        await Eventually.Async(
            "the server", async () =>
                File.Exists(kubeconfig) ? (await kubectl.RunAsync("get", "--raw", "/readyz")).Output : "",
            answer => answer == "ok");
        var token = (await _machines.OnNodeAsync(_machines.ControlPlane, "cat", "/var/lib/netes/join-token"))
            .MustSucceed().Trim();
        var server = await kubectl.OutputAsync("config", "view", "--minify", "-o",
            "jsonpath={.clusters[0].cluster.server}");

        await BadAgentsAreToldAsync(server, token);
        Start(_machines.Worker, "agent", "--server", server, "--token", token, "--node-label", "rack=7");
        await Eventually.Async(
            "both nodes ready\n", async () => (await kubectl.RunAsync("get", "nodes", "-L", "rack")).Output,
            nodes => nodes.Split('\n').Count(line => line.Contains(" Ready ", StringComparison.Ordinal)) == 2);
        Assert.Matches($@"{_machines.Worker}\s+Ready\s+<none>\s+\S+\s+v1\.36\.\d+\s+7\n",
            await kubectl.OutputAsync("get", "nodes", "-L", "rack"));

        // A pod on each machine; both reach the Service by its name, one of them across the machines.
        await kubectl.ApplyAsync(Manifests.Deployment("web", cpu: "10m"));
        await kubectl.ApplyAsync(Manifests.Service("web"));
        foreach (var (name, machine) in ((string, string)[])
            [("near", _machines.Worker), ("far", _machines.ControlPlane)])
        {
            await kubectl.ApplyAsync(Manifests.Pod(name, "sleep 100000", $"nodeName: {machine}"));
        }

        await kubectl.OutputAsync("rollout", "status", "deployment/web", "--timeout=120s");
        await kubectl.OutputAsync("wait", "--for=condition=Ready", "pod", "--all", "--timeout=120s");
        foreach (var name in (string[])["near", "far"])
        {
            await Eventually.Async(
                $"an answer to {name}",
                () => kubectl.RunAsync("exec", name, "--", "wget", "-q", "-O", "-", "http://web-service"),
                result => result.Output.StartsWith("web-", StringComparison.Ordinal));
        }
    }

    // Each ends by itself or keeps trying, and says what is wrong.
    private async Task BadAgentsAreToldAsync(string server, string token)
    {
        async Task<string> Agent(params string[] flags) =>
            (await _machines.OnNodeAsync(_machines.Worker, ["timeout", "15", Program, "agent", .. flags])).MustFail();

        Assert.Contains("Option '--server' is required", await Agent("--token", token), StringComparison.Ordinal);
        Assert.Contains("ERROR: agent: --token is required", await Agent("--server", server), StringComparison.Ordinal);
        Assert.Contains("ERROR: agent: --token: a token of the form",
            await Agent("--server", server, "--token", "secret"), StringComparison.Ordinal);
        Assert.Contains(
            "ERROR: agent: --server: \"http://a:1\" is not an https URL",
                await Agent("--server", "http://a:1", "--token", token),
            StringComparison.Ordinal);
        var wrong = token[..^4] + (token.EndsWith("0000", StringComparison.Ordinal) ? "1111" : "0000");
        Assert.Matches("(?i)unauthorized|token", await Agent("--server", server, "--token", wrong));
        Assert.Matches("(?i)refused", await Agent("--server", "https://127.0.0.1:1", "--token", token));
    }

    private void Start(string machine, params string[] command)
    {
        var process = _machines.StartOnNode(machine, new Dictionary<string, string>(), [Program, .. command]);
        // Read, so that it never waits for room; shown by the failure of a test that waits.
        process.ErrorDataReceived += (_, line) => Keep(line.Data);
        process.OutputDataReceived += (_, line) => Keep(line.Data);
        process.BeginErrorReadLine();
        process.BeginOutputReadLine();
        _started.Add(process);
    }

    private void Keep(string? line)
    {
        lock (_output)
        {
            _output.AppendLine(line);
        }

        TestContext.Current.TestOutputHelper?.WriteLine(line ?? "");
    }
}
