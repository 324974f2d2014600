using Netes.EndToEnd.Clusters;
using Netes.EndToEnd.Tools;

namespace Netes.EndToEnd.Guide;

/// <summary>exec with and without a terminal, exit codes, standard input, cp, and followed logs, with every
/// kubectl.</summary>
public sealed class ExecTests(TestCluster cluster)
{
    [Theory]
    [ClassData(typeof(KubectlVersions))]
    public async Task Streams_work_in_both_directions(string program)
    {
        var kubectl = await cluster.KubectlAsync(program);
        await kubectl.ApplyAsync(Manifests.Pod("box", "i=0; while true; do echo line $i; i=$((i+1)); sleep 1; done"));
        await kubectl.OutputAsync("wait", "--for=condition=Ready", "pod/box", "--timeout=120s");

        Assert.Equal(3, (await kubectl.RunAsync("exec", "box", "--", "sh", "-c", "exit 3")).ExitCode);
        Assert.Contains("oops", (await kubectl.RunAsync("exec", "box", "--", "sh", "-c", "echo oops >&2")).Errors,
            StringComparison.Ordinal);
        Assert.Equal("typed", (await kubectl.WithInputAsync("typed", "exec", "-i", "box", "--", "cat")).MustSucceed());
        var terminal =
            await kubectl.OnTerminalAsync("test -t 0 && echo on a terminal\nexit\n", "exec", "-it", "box", "--", "sh");
        Assert.Contains("on a terminal", terminal.MustSucceed(), StringComparison.Ordinal);

        var file = Path.Combine(cluster.Folder, $"{kubectl.Namespace}.txt");
        await File.WriteAllTextAsync(file, "copied there and back");
        await kubectl.OutputAsync("cp", file, "box:/tmp/copy.txt");
        await kubectl.OutputAsync("cp", "box:/tmp/copy.txt", file + ".back");
        Assert.Equal("copied there and back", await File.ReadAllTextAsync(file + ".back"));

        using var follow = kubectl.Start("logs", "-f", "box", "--tail=1");
        using var limit = new CancellationTokenSource(TimeSpan.FromSeconds(60));
        for (var i = 0; i < 3; i++)
        {
            Assert.StartsWith("line ", await follow.StandardOutput.ReadLineAsync(limit.Token),
                StringComparison.Ordinal);
        }

        follow.Kill(entireProcessTree: true);
        await kubectl.OutputAsync("delete", "pod", "box", "--wait=false");
    }

    [Fact]
    public async Task Watch_shows_a_pod_from_pending_to_gone()
    {
        var kubectl = await cluster.KubectlAsync();
        using var watch = kubectl.Start("get", "pods", "-w", "--output-watch-events", "--no-headers");
        await kubectl.ApplyAsync(Manifests.Pod("short", "sleep 1", "restartPolicy: Never"));
        await kubectl.WaitForAsync("pod", "short", "{.status.containerStatuses[0].state.terminated.reason}",
            "Completed");
        await kubectl.OutputAsync("delete", "pod", "short");

        var seen = new List<string>();
        using var limit = new CancellationTokenSource(TimeSpan.FromSeconds(60));
        while (seen.Count == 0 || !seen[^1].StartsWith("DELETED", StringComparison.Ordinal))
        {
            seen.Add(await watch.StandardOutput.ReadLineAsync(limit.Token) ?? throw new EndOfStreamException());
        }

        watch.Kill(entireProcessTree: true);
        Assert.Matches(@"ADDED\s+short\s+0/1\s+Pending", seen[0]);
        Assert.Contains(seen, line => line.Contains("ContainerCreating", StringComparison.Ordinal));
        Assert.Contains(seen, line => line.Contains("Running", StringComparison.Ordinal));
    }
}
