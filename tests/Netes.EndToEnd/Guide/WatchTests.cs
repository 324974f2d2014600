using System.Diagnostics;
using Netes.EndToEnd.Clusters;
using Netes.EndToEnd.Tools;

namespace Netes.EndToEnd.Guide;

/// <summary>get -w with every kubectl: a pod's whole life goes by, line after line.</summary>
public sealed class WatchTests(TestCluster cluster)
{
    [Theory]
    [ClassData(typeof(KubectlVersions))]
    public async Task Watch_shows_a_pod_from_pending_to_gone(string program)
    {
        var kubectl = await cluster.KubectlAsync(program);

        // Once the list is told, all that follows comes as events.
        await kubectl.ApplyAsync(Manifests.Pod("before", "true", "nodeSelector: { nobody: has }"));
        using var watch = kubectl.Start("get", "pods", "-w", "--output-watch-events", "--no-headers");
        using var limit = new CancellationTokenSource(TimeSpan.FromSeconds(180));
        Assert.Matches(@"ADDED\s+before\s+0/1\s+Pending", await watch.StandardOutput.ReadLineAsync(limit.Token));
        // A node tells the newest state only: each is held until it was seen.
        await kubectl.ApplyAsync(Manifests.Pod(
            "short", "until test -f /tmp/end; do sleep 0.1; done",
            """
            restartPolicy: Never
            volumes: [{ name: late, configMap: { name: late } }]
            """,
            "volumeMounts: [{ name: late, mountPath: /late }]"));
        Assert.Matches(@"^ADDED\s+short\s+0/1\s+Pending", await LineAsync(watch, "", limit.Token));
        Assert.Matches(@"^MODIFIED\s", await LineAsync(watch, " ContainerCreating ", limit.Token));
        await kubectl.OutputAsync("create", "configmap", "late");
        Assert.Matches(@"\s1/1\s", await LineAsync(watch, " Running ", limit.Token));
        await kubectl.TouchToEndAsync("short", "/tmp/end");
        Assert.Matches(@"\s0/1\s", await LineAsync(watch, " Completed ", limit.Token));
        await kubectl.OutputAsync("delete", "pod", "short");
        Assert.Matches(@"^DELETED\s", await LineAsync(watch, "DELETED", limit.Token));
        watch.Kill(entireProcessTree: true);
    }

    /// <summary>The next line of the pod that has these words.</summary>
    private static async Task<string> LineAsync(Process watch, string words, CancellationToken cancel)
    {
        while (true)
        {
            var line = await watch.StandardOutput.ReadLineAsync(cancel) ?? throw new EndOfStreamException(words);
            if (line.Contains(" short ", StringComparison.Ordinal) && line.Contains(words, StringComparison.Ordinal))
            {
                return line;
            }
        }
    }
}
