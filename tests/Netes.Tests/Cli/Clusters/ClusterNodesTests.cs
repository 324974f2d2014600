using Netes.Cli.Clusters;
using Netes.Cli.Clusters.Nodes;
using Netes.Cli.Machine;
using Netes.Nodes.Images;

namespace Netes.Tests.Cli.Clusters;

/// <summary>
/// Goal: real nodes (without Kubernetes) come up, carry containers, survive what they should, and leave nothing.
/// </summary>
public sealed class ClusterNodesTests : IAsyncLifetime
{
    private readonly string name = "t" + Guid.NewGuid().ToString("n")[..8];
    private readonly string folder = Directory.CreateTempSubdirectory("netes-test-").FullName;
    private readonly MachineSnapshot before = MachineSnapshot.Take();
    private readonly ClusterStore store;

    public ClusterNodesTests() => store = new ClusterStore(new ClusterPaths(folder));

    private static bool Possible => Environment.UserName == "root" && Tool.Find("containerd") is not null;

    private ClusterOptions Options =>
        ClusterOptions.Default(name, workers: 1) with { RunKubernetes = false, Egress = ClusterOptions.EgressNone };

    public ValueTask InitializeAsync() => ValueTask.CompletedTask;

    public async ValueTask DisposeAsync()
    {
        await new ClusterRemover(store, TimeProvider.System).RemoveAsync(name, CancellationToken.None);
        Directory.Delete(folder, recursive: true);
    }

    [Fact]
    public async Task Cluster_runs_containers_and_leaves_nothing()
    {
        Assert.SkipUnless(Possible, "needs root and containerd");
        var cancel = TestContext.Current.CancellationToken;
        var state = await CreateAsync(cancel);
        var worker = new NodeShell(store.Paths, name, $"{name}-worker");

        await RunPauseAsync(worker, "one", cancel);
        Assert.Equal($"{name}-worker", (await worker.RunAsync(["hostname"], cancel)).Trim());
        Assert.Contains($"unreachable {state.ServiceSubnet}", await worker.RunAsync(["ip", "route"], cancel));

        // containerd dies: it comes back by itself, and the container did not notice.
        var pid = await TaskPidAsync(worker, "one", cancel);
        await worker.RunAsync(["pkill", "-9", "-x", "containerd"], cancel);
        Assert.Equal(pid, await UntilAsync(() => TaskPidAsync(worker, "one", cancel), cancel));

        // Off and on again, as after a reboot: the image is still there.
        await new ClusterRemover(store, TimeProvider.System).StopAsync(name, cancel);
        Assert.Empty(Leaks());
        await new ClusterStarter(store, TimeProvider.System).StartAsync(state, new Progress<string>(), cancel);
        await RunPauseAsync(worker, "two", cancel);

        await new ClusterRemover(store, TimeProvider.System).RemoveAsync(name, cancel);
        Assert.Empty(Leaks());
        Assert.Empty(store.Names());
    }

    [Fact]
    public async Task Crashed_processes_do_not_hinder_removal()
    {
        Assert.SkipUnless(Possible, "needs root and containerd");
        var cancel = TestContext.Current.CancellationToken;
        await CreateAsync(cancel);
        var worker = new NodeShell(store.Paths, name, $"{name}-worker");
        await RunPauseAsync(worker, "one", cancel);
        worker.Process!.Value.Signal(Syscalls.SignalKill);
        File.Delete(store.Paths.StateFile(name));

        await new ClusterRemover(store, TimeProvider.System).RemoveAsync(name, cancel);

        Assert.Empty(Leaks());
    }

    [Fact]
    public async Task Failed_creation_leaves_nothing()
    {
        Assert.SkipUnless(Possible, "needs root and containerd");
        var cancel = TestContext.Current.CancellationToken;
        var worker = NodeOptions.Default("worker") with { Mounts = [new("/does/not/exist", "/mnt/it", false)] };
        var options = Options with { Nodes = [NodeOptions.Default("control-plane"), worker] };

        var failure = await Assert.ThrowsAsync<ToolException>(() => new ClusterCreator(store, TimeProvider.System)
            .CreateAsync(options, retain: false, new Progress<string>(), cancel));

        Assert.Contains("/does/not/exist", failure.Message);
        Assert.Empty(Leaks());
        Assert.Empty(store.Names());
    }

    private Task<ClusterState> CreateAsync(CancellationToken cancel) =>
        new ClusterCreator(store, TimeProvider.System).CreateAsync(Options, false, new Progress<string>(), cancel);

    private IReadOnlyList<string> Leaks() =>
        before.Leaks(MachineSnapshot.Take(), name, ClusterPaths.LinkName(name), folder);

    private static Task<string> RunPauseAsync(NodeShell node, string id, CancellationToken cancel) =>
        node.RunAsync(
            ["ctr", "-n", "k8s.io", "run", "-d", "--cgroup", $"/kubepods/{id}", SandboxImage.Name, id], cancel);

    private static async Task<string> TaskPidAsync(NodeShell node, string id, CancellationToken cancel)
    {
        var result = await node.TryAsync(["ctr", "-n", "k8s.io", "tasks", "ls"], cancel);
        return result.Output.Split('\n').FirstOrDefault(line =>
            line.StartsWith(id + " ", StringComparison.Ordinal)) ?? "";
    }

    private static async Task<string> UntilAsync(Func<Task<string>> look, CancellationToken cancel)
    {
        using var timeout = CancellationTokenSource.CreateLinkedTokenSource(cancel);
        timeout.CancelAfter(TimeSpan.FromSeconds(20));
        string seen;
        while ((seen = await look()).Length == 0)
        {
            await Task.Delay(50, timeout.Token);
        }

        return seen;
    }
}
