using Netes.EndToEnd.Clusters;
using Netes.EndToEnd.Tools;

namespace Netes.EndToEnd.Commands;

/// <summary>
/// kind's verbs around a cluster that runs: kubeconfigs, logs, and what is said when something is wrong.
/// </summary>
public sealed class CommandTests(TestCluster cluster)
{
    [Fact]
    public async Task Kubeconfigs_lead_to_the_cluster_from_the_host_and_from_within()
    {
        var file = Path.Combine(cluster.Folder, "exported");
        await File.WriteAllTextAsync(file, "apiVersion: v1\nkind: Config\npreferences: {}\n");
        var exported = await cluster.NetesAsync(
            "export", "kubeconfig", "--name", cluster.Local.Name, "--kubeconfig", file);
        exported.MustSucceed();
        Assert.Contains($"Set kubectl context to \"{cluster.Local.Context}\"", exported.Errors,
            StringComparison.Ordinal);
        Assert.Equal(UnixFileMode.UserRead | UnixFileMode.UserWrite, File.GetUnixFileMode(file));
        var fromFile = new Kubectl(Kubectl.FindAll()[^1], file, "default");
        Assert.Equal($"{cluster.Local.Context}\n", await fromFile.OutputAsync("config", "current-context"));
        Assert.Equal("ok", await fromFile.OutputAsync("get", "--raw", "/readyz"));

        var inside = Path.Combine(cluster.Local.Share(cluster.Local.Worker), "inside.kubeconfig");
        await File.WriteAllTextAsync(inside, (await cluster.NetesAsync(
            "get", "kubeconfig", "--internal", "--name", cluster.Local.Name)).MustSucceed());
        Assert.Contains(":6443", await File.ReadAllTextAsync(inside), StringComparison.Ordinal);
        var within = await cluster.Local.OnNodeAsync(
            cluster.Local.Worker, Kubectl.FindAll()[^1], "--kubeconfig", "/run/netes/node/inside.kubeconfig",
            "get", "--raw", "/readyz");
        Assert.Equal("ok", within.MustSucceed());
        File.Delete(inside);
    }

    [Fact]
    public async Task Logs_of_nodes_and_pods_are_exported()
    {
        var kubectl = await cluster.KubectlAsync();
        await kubectl.ApplyAsync(Manifests.Pod("talker", "echo something to keep; sleep 1000"));
        await kubectl.OutputAsync("wait", "--for=condition=Ready", "pod/talker", "--timeout=120s");
        await kubectl.ShowsAsync("logs talker", "something to keep");
        var folder = Path.Combine(cluster.Folder, "logs");

        var result = await cluster.NetesAsync("export", "logs", folder, "--name", cluster.Local.Name);

        Assert.Equal($"{folder}\n", result.MustSucceed());
        foreach (var node in (string[])[cluster.Local.ControlPlane, cluster.Local.Worker])
        {
            Assert.NotEmpty(await File.ReadAllTextAsync(Path.Combine(folder, node, "netes.log")));
            Assert.NotEmpty(await File.ReadAllTextAsync(Path.Combine(folder, node, "containerd.log")));
        }

        var log = Assert.Single(Directory.GetFiles(
            Path.Combine(folder, cluster.Local.Worker, "pods"), "*.log", SearchOption.AllDirectories),
            file => file.Contains($"{kubectl.Namespace}_talker_", StringComparison.Ordinal));
        Assert.Contains("something to keep", await File.ReadAllTextAsync(log), StringComparison.Ordinal);
        await kubectl.OutputAsync("delete", "pod", "talker", "--wait=false");
    }

    [Fact]
    public async Task Doctor_speaks_by_itself_when_a_creation_fails()
    {
        // A machine without nft and ip: their folders are covered, for this command only.
        const string Script = """
            for folder in /usr/sbin /usr/bin /sbin /bin; do
                [ -L "$folder" ] && continue
                mkdir -p "$1$folder/upper" "$1$folder/work"
                mount -t overlay overlay -o "lowerdir=$folder,upperdir=$1$folder/upper,workdir=$1$folder/work" "$folder"
                rm -f "$folder/nft" "$folder/ip"
            done
            exec "$2" create cluster --name "$3"
            """;
        var lost = new LocalCluster("lost");
        var result = await Command.RunAsync(
            "unshare", ["--mount", "sh", "-c", Script, "sh", lost.Folder, LocalCluster.Program, lost.Name],
            new Dictionary<string, string>
            {
                ["KUBECONFIG"] = lost.Kubeconfig, ["NETES_STATE_DIR"] = LocalCluster.StateFolder,
            });
        Directory.Delete(lost.Folder, recursive: true);

        var said = result.MustFail();
        Assert.Contains("✗ nft: not found\n     mend it with: apt-get install -y nftables", said,
            StringComparison.Ordinal);
        Assert.Contains("✗ ip: not found\n     mend it with: apt-get install -y iproute2", said,
            StringComparison.Ordinal);
        Assert.Contains("ERROR: failed to create cluster: ip ", said, StringComparison.Ordinal);
        Assert.DoesNotContain("   at ", said, StringComparison.Ordinal);
        Assert.DoesNotContain(lost.Name, (await cluster.NetesAsync("get", "clusters")).MustSucceed(),
            StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("create cluster --name Bad_Name", "'Bad_Name' is not a valid cluster name, cluster names must match")]
    [InlineData("create cluster --workers many", "Cannot parse argument 'many' for option '--workers'")]
    [InlineData("create cluster --wait soon",
        "ERROR: failed to create cluster: invalid duration \"soon\": expected e.g. 30s")]
    [InlineData("create cluster --nonsense", "Unrecognized command or argument '--nonsense'")]
    [InlineData("create cluster --config /nothing.yaml",
        "ERROR: failed to create cluster: Could not find file '/nothing.yaml'")]
    [InlineData("create clutser", "Unrecognized command or argument 'clutser'")]
    [InlineData("start cluster --name nobody", "ERROR: failed to start cluster: no nodes found for cluster \"nobody\"")]
    [InlineData("stop cluster --name nobody", "ERROR: failed to stop cluster: no nodes found for cluster \"nobody\"")]
    [InlineData("load docker-image", "Required argument 'images' missing for command: 'docker-image'")]
    [InlineData("server --node-ip here", "ERROR: server: --node-ip: \"here\" is not an IP address")]
    [InlineData("server --cluster-cidr wide", "ERROR: server: --cluster-cidr: \"wide\" is not a range of addresses")]
    [InlineData("server --node-taint nonsense",
        "ERROR: server: --node-taint: \"nonsense\" is not of the form key=value:effect")]
    public async Task Wrong_line_is_refused_with_its_reason(string line, string reason)
    {
        var result = await cluster.NetesAsync(line.Split(' '));

        Assert.Contains(reason, result.MustFail(), StringComparison.Ordinal);
        Assert.DoesNotContain("   at ", result.Output + result.Errors, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Wrong_configuration_is_refused_with_all_its_errors_and_makes_nothing()
    {
        var file = Path.Combine(cluster.Folder, "wrong.yaml");
        await File.WriteAllTextAsync(file, """
            kind: Cluster
            apiVersion: kind.x-k8s.io/v1alpha4
            name: wrong
            networking: { podSubnet: nonsense, ipFamily: ipv6 }
            nodes:
              - role: control-plane
                extraPortMappings: [{ containerPort: 0, hostPort: 70000 }]
              - role: master
                lables: {}
            """);

        var said = (await cluster.NetesAsync("create", "cluster", "--config", file)).MustFail();

        Assert.StartsWith("ERROR: failed to create cluster: invalid configuration:\n", said, StringComparison.Ordinal);
        foreach (var error in (string[])
            [
                "invalid subnet \"nonsense\"", "networking.ipFamily: only ipv4 is possible",
                "nodes[0].extraPortMappings[0].containerPort: invalid port number: 0",
                "nodes[0].extraPortMappings[0].hostPort: invalid port number: 70000",
                "nodes[1].role: \"master\" is not a valid node role", "unknown field \"nodes[1].lables\"",
            ])
        {
            Assert.Contains(error, said, StringComparison.Ordinal);
        }

        var clusters = (await cluster.NetesAsync("get", "clusters")).MustSucceed();
        Assert.DoesNotContain("wrong", clusters.Split('\n'));
        var twice = await cluster.NetesAsync("create", "cluster", "--name", cluster.Local.Name);
        Assert.Contains(
            $"node(s) already exist for a cluster with the name \"{cluster.Local.Name}\"", twice.MustFail(),
            StringComparison.Ordinal);
    }
}
