using Netes.EndToEnd.Clusters;
using Netes.EndToEnd.Tools;

namespace Netes.EndToEnd.Guide;

/// <summary>exec and attach with and without a terminal, exit codes, standard input, cp, and followed logs, with every
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

        using var attached = kubectl.Start("attach", "box");
        using var follow = kubectl.Start("logs", "-f", "box", "--tail=1");
        using var limit = new CancellationTokenSource(TimeSpan.FromSeconds(120));
        for (var i = 0; i < 3; i++)
        {
            Assert.StartsWith("line ", await follow.StandardOutput.ReadLineAsync(limit.Token),
                StringComparison.Ordinal);
        }

        // The next line comes to whoever is attached, too.
        Assert.StartsWith("line ", await attached.StandardOutput.ReadLineAsync(limit.Token), StringComparison.Ordinal);
        attached.Kill(entireProcessTree: true);
        follow.Kill(entireProcessTree: true);
        await kubectl.OutputAsync("delete", "pod", "box", "--wait=false");
    }

    [Theory]
    [ClassData(typeof(KubectlVersions))]
    public async Task Attached_terminal_sees_output_and_gives_input(string program)
    {
        var kubectl = await cluster.KubectlAsync(program);
        await kubectl.ApplyAsync(Manifests.Pod(
            "listener", "while read -r word; do echo heard $word; done; echo over", "restartPolicy: Never",
            "stdin: true\nstdinOnce: true"));
        await kubectl.OutputAsync("wait", "--for=condition=Ready", "pod/listener", "--timeout=120s");

        var attached = await kubectl.WithInputAsync("one\ntwo\n", "attach", "-i", "listener");

        Assert.Equal("heard one\nheard two\nover\n", attached.MustSucceed());
        await kubectl.WaitForAsync("pod", "listener", "{.status.phase}", "Succeeded");
        Assert.Equal("heard one\nheard two\nover\n", await kubectl.OutputAsync("logs", "listener"));
        await kubectl.OutputAsync("delete", "pod", "listener");
    }
}
