using Netes.NodeTests.Machines;
using Netes.Nodes.Runtime;
using Cri = Netes.Nodes.Cri;

namespace Netes.NodeTests.Pods;

/// <summary>The runtime client against a real containerd.</summary>
public sealed class CriRuntimeTests
{
    private static readonly TimeSpan Limit = TimeSpan.FromSeconds(120);

    [Fact]
    public async Task Container_that_ends_is_told_and_has_its_exit_code()
    {
        await using var machine = await PrivateContainerd.StartAsync();
        await machine.ImportAsync(TestImages.BusyboxArchive());
        using var limit = new CancellationTokenSource(Limit);
        await using var events = machine.Runtime.WatchAsync(limit.Token).GetAsyncEnumerator(limit.Token);
        Assert.True(await events.MoveNextAsync());
        Assert.Equal(RuntimeEventKind.Connected, events.Current.Kind);

        var sandboxConfig = SandboxConfig(machine);
        var sandbox = await machine.Runtime.RunPodSandboxAsync(sandboxConfig, "", limit.Token);
        var container = await machine.Runtime.CreateContainerAsync(
            sandbox, ContainerConfig("exit 3"), sandboxConfig, limit.Token);
        await machine.Runtime.StartContainerAsync(container, limit.Token);

        var seen = new List<RuntimeEvent>();
        while (!seen.Contains(new(RuntimeEventKind.Exited, container)))
        {
            Assert.True(await events.MoveNextAsync());
            seen.Add(events.Current);
        }

        Assert.Contains(new(RuntimeEventKind.Started, container), seen);
        // CRI's own view follows the event by a few milliseconds.
        var status = await Eventually.Async("an end",
            () => machine.Runtime.ContainerStatusAsync(container, limit.Token),
            status => status?.State == Cri.ContainerState.ContainerExited);
        Assert.Equal(3, status!.ExitCode);
        var ip = (await machine.Runtime.PodSandboxStatusAsync(sandbox, limit.Token))?.Network.Ip;
        Assert.StartsWith("10.199.0.", ip, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Watch_reconnects_when_containerd_restarts()
    {
        await using var machine = await PrivateContainerd.StartAsync();
        using var limit = new CancellationTokenSource(Limit);
        await using var events = machine.Runtime.WatchAsync(limit.Token).GetAsyncEnumerator(limit.Token);
        Assert.True(await events.MoveNextAsync());

        await machine.StopDaemonAsync();
        Assert.True(await events.MoveNextAsync());
        Assert.Equal(RuntimeEventKind.Disconnected, events.Current.Kind);
        await machine.StartDaemonAsync();

        Assert.True(await events.MoveNextAsync());
        Assert.Equal(RuntimeEventKind.Connected, events.Current.Kind);
    }

    private static Cri.PodSandboxConfig SandboxConfig(PrivateContainerd machine) => new()
    {
        Metadata = new() { Name = "p", Namespace = "default", Uid = "u", Attempt = 0 },
        Hostname = "p",
        LogDirectory = machine.Folder + "/logs",
        Linux = new() { CgroupParent = machine.CgroupRoot + "/pod", SecurityContext = new() },
    };

    private static Cri.ContainerConfig ContainerConfig(string script)
    {
        var config = new Cri.ContainerConfig
        {
            Metadata = new() { Name = "c" }, Image = new() { Image = TestImages.Busybox }, LogPath = "c.log",
            Linux = new() { SecurityContext = new() },
        };
        config.Command.AddRange(["sh", "-c", script]);
        return config;
    }
}
