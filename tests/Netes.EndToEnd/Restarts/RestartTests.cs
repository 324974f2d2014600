using Netes.EndToEnd.Clusters;
using Netes.EndToEnd.Tools;

namespace Netes.EndToEnd.Restarts;

/// <summary>Killing any part of Netes touches no running container and loses nothing that was acknowledged.</summary>
[Collection(nameof(Disturbances))]
public sealed class RestartTests(TestCluster cluster)
{
    [Theory]
    [InlineData("worker", "netes", "agent")]
    [InlineData("worker", "containerd", "--config")]
    [InlineData("control-plane", "netes", "server")]
    public async Task Killed_part_comes_back_and_containers_stay(string role, string program, string argument)
    {
        var node = $"{cluster.Local.Name}-{role}";
        var kubectl = await cluster.KubectlAsync();
        await kubectl.ApplyAsync(Manifests.Deployment("web"));
        await kubectl.ApplyAsync(Manifests.Service("web"));
        await kubectl.ApplyAsync(Manifests.Pod("steady", "sleep 100000", $"nodeName: {node}"));
        await kubectl.OutputAsync("rollout", "status", "deployment/web", "--timeout=120s");
        await kubectl.OutputAsync("wait", "--for=condition=Ready", "pod/steady", "--timeout=120s");
        const string Containers =
            "{range .items[*]}{.metadata.name} {.status.containerStatuses[0].containerID} {.status.containerStatuses[0].restartCount}{'\\n'}{end}";
        var before = await kubectl.OutputAsync("get", "pods", "-o", $"jsonpath={Containers}");
        await kubectl.OutputAsync("create", "configmap", "kept", "--from-literal=a=1");

        var killed = NodeProcesses.Find(cluster.Local, node, program, argument);
        Assert.NotEmpty(killed);
        foreach (var pid in killed)
        {
            (await Command.RunAsync("kill", ["-9", pid.ToString()])).MustSucceed();
        }

        await Eventually.Async(
            $"{program} {argument} runs again",
            () => Task.FromResult(NodeProcesses.Find(cluster.Local, node, program, argument)),
            pids => pids.Count > 0 && !pids.Intersect(killed).Any());
        await Eventually.Async(
            "the API answers", () => kubectl.RunAsync("get", "configmap", "kept"), result => result.ExitCode == 0);
        await kubectl.ApplyAsync(Manifests.Pod("after", "sleep 1000", $"nodeName: {node}"));
        await kubectl.OutputAsync("wait", "--for=condition=Ready", "pod/after", "--timeout=120s");
        var after = await kubectl.OutputAsync("get", "pods", "-o", $"jsonpath={Containers}");
        Assert.All(before.Split('\n', StringSplitOptions.RemoveEmptyEntries), line =>
            Assert.Contains(line, after, StringComparison.Ordinal));
        // The node's own server and the Service's endpoints come back a moment after the pod.
        await Eventually.Async(
            "the Service answers",
            () => kubectl.RunAsync("exec", "after", "--", "wget", "-q", "-O", "-", "http://web-service"),
            result => result.Output.StartsWith("web-", StringComparison.Ordinal));
        await kubectl.OutputAsync("delete", "deployment,service,pod,configmap", "--all", "--wait=false");
    }
}
