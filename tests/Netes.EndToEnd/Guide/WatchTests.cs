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
        using var limit = new CancellationTokenSource(TimeSpan.FromSeconds(60));
        Assert.Matches(@"ADDED\s+before\s+0/1\s+Pending", await watch.StandardOutput.ReadLineAsync(limit.Token));
        await kubectl.ApplyAsync(Manifests.Pod("short", "sleep 1", "restartPolicy: Never"));
        await kubectl.WaitForAsync("pod", "short", "{.status.containerStatuses[0].state.terminated.reason}",
            "Completed");
        await kubectl.OutputAsync("delete", "pod", "short");

        var seen = new List<string>();
        while (seen.Count == 0 || !seen[^1].StartsWith("DELETED", StringComparison.Ordinal))
        {
            var line = await watch.StandardOutput.ReadLineAsync(limit.Token) ?? throw new EndOfStreamException();
            if (line.Contains(" short ", StringComparison.Ordinal))
            {
                seen.Add(line);
            }
        }

        watch.Kill(entireProcessTree: true);
        Assert.Matches(@"ADDED\s+short\s+0/1\s+Pending", seen[0]);
        Assert.Contains(seen, line => line.Contains("ContainerCreating", StringComparison.Ordinal));
        Assert.Contains(seen, line => line.Contains("Running", StringComparison.Ordinal));
    }
}
