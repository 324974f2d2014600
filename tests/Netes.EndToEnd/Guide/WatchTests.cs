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
