using System.Text.Json;
using Netes.EndToEnd.Clusters;
using Netes.EndToEnd.Tools;

namespace Netes.EndToEnd.Guide;

/// <summary>The guide's chapter 1-1: a cluster is there and kubectl is connected to it.</summary>
public sealed class ClusterTests(TestCluster cluster)
{
    [Theory]
    [ClassData(typeof(KubectlVersions))]
    public async Task Nodes_are_ready_and_have_their_roles(string program)
    {
        var kubectl = new Kubectl(program, cluster.Local.Kubeconfig, "default");

        var nodes = await kubectl.OutputAsync("get", "nodes");
        var wide = await kubectl.OutputAsync("get", "nodes", "-o", "wide");

        var lines = nodes.TrimEnd().Split('\n');
        Assert.Equal(["NAME", "STATUS", "ROLES", "AGE", "VERSION"], Words(lines[0]));
        Assert.Equal([cluster.Local.ControlPlane, "Ready", "control-plane"], Words(lines[1])[..3]);
        Assert.Equal([cluster.Local.Worker, "Ready", "<none>"], Words(lines[2])[..3]);
        Assert.Contains("containerd://", wide, StringComparison.Ordinal);
        Assert.Contains("v1.36", nodes, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Context_is_merged_current_and_private()
    {
        var contexts = await (await cluster.KubectlAsync()).OutputAsync("config", "get-contexts");

        Assert.Matches($@"\*\s+{cluster.Local.Context}\s+{cluster.Local.Context}\s+{cluster.Local.Context}", contexts);
        Assert.Equal(UnixFileMode.UserRead | UnixFileMode.UserWrite, File.GetUnixFileMode(cluster.Local.Kubeconfig));
        Assert.Contains(cluster.Local.Name, (await cluster.NetesAsync("get", "clusters")).MustSucceed(),
            StringComparison.Ordinal);
        Assert.Equal(
            $"{cluster.Local.ControlPlane}\n{cluster.Local.Worker}",
            string.Join('\n', (await cluster.NetesAsync("get", "nodes", "--name", cluster.Local.Name)).MustSucceed()
                .Split('\n', StringSplitOptions.RemoveEmptyEntries).Order(StringComparer.Ordinal)));
    }

    [Theory]
    [ClassData(typeof(KubectlVersions))]
    public async Task Discovery_versions_and_explain_answer(string program)
    {
        var kubectl = new Kubectl(program, cluster.Local.Kubeconfig, "default");

        var resources = await kubectl.OutputAsync("api-resources");
        var version = await kubectl.OutputAsync("version", "-o", "json");
        var explain = await kubectl.OutputAsync("explain", "deployment.spec.strategy.rollingUpdate");

        Assert.Contains("deployments", resources, StringComparison.Ordinal);
        Assert.Contains("endpointslices", resources, StringComparison.Ordinal);
        using var json = JsonDocument.Parse(version);
        Assert.Equal("36", json.RootElement.GetProperty("serverVersion").GetProperty("minor").GetString());
        Assert.Contains("maxSurge", explain, StringComparison.Ordinal);
        Assert.Contains("<IntOrString>", explain.Replace("<string>", "<IntOrString>"), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Describe_node_shows_capacity_conditions_and_pods()
    {
        var text = await (await cluster.KubectlAsync()).OutputAsync("describe", "node", cluster.Local.Worker);

        Assert.Matches(@"Ready\s+True.*KubeletReady", text);
        Assert.Contains("PodCIDR:", text, StringComparison.Ordinal);
        Assert.Contains("Allocated resources:", text, StringComparison.Ordinal);
        Assert.Matches(@"cpu:\s+2", text);
    }

    private static string[] Words(string line) => line.Split(' ', StringSplitOptions.RemoveEmptyEntries);
}
