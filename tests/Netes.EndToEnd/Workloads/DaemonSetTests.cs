using Netes.EndToEnd.Clusters;
using Netes.EndToEnd.Tools;

namespace Netes.EndToEnd.Workloads;

/// <summary>A DaemonSet runs on each node it tolerates, is updated node by node, and rolled back.</summary>
public sealed class DaemonSetTests(TestCluster cluster)
{
    private const string Set = "daemonset/each";

    private const string Manifest = $$"""
        apiVersion: apps/v1
        kind: DaemonSet
        metadata: { name: each }
        spec:
          selector: { matchLabels: { app: each } }
          template:
            metadata: { labels: { app: each } }
            spec:
              terminationGracePeriodSeconds: 1
              tolerations: [{ key: node-role.kubernetes.io/control-plane, effect: NoSchedule }]
              containers:
                - { name: main, image: "{{TestImage.Name}}", imagePullPolicy: Never, command: ["sleep", "100000"] }
        """;

    [Fact]
    public async Task Daemon_is_on_every_node_updated_and_rolled_back()
    {
        var kubectl = await cluster.KubectlAsync();
        await kubectl.ApplyAsync(Manifest);
        Assert.EndsWith(
            "daemon set \"each\" successfully rolled out\n",
            await kubectl.OutputAsync("rollout", "status", Set, "--timeout=120s"), StringComparison.Ordinal);
        Assert.Matches(
            @"NAME\s+DESIRED\s+CURRENT\s+READY\s+UP-TO-DATE\s+AVAILABLE\s+NODE SELECTOR\s+AGE\n"
            + @"each\s+2\s+2\s+2\s+2\s+2\s+<none>\s",
            await kubectl.OutputAsync("get", "daemonset"));
        var nodes = await kubectl.OutputAsync(
            "get", "pods", "--sort-by=.spec.nodeName", "-o", "jsonpath={.items[*].spec.nodeName}");
        Assert.Equal($"{cluster.Local.ControlPlane} {cluster.Local.Worker}", nodes);

        Assert.Equal(
            "daemonset.apps/each env updated\n", await kubectl.OutputAsync("set", "env", Set, "COLOR=blue"));
        Assert.EndsWith(
            "daemon set \"each\" successfully rolled out\n",
            await kubectl.OutputAsync("rollout", "status", Set, "--timeout=120s"), StringComparison.Ordinal);
        Assert.Matches(
            @"^daemonset\.apps/each\s\nREVISION\s+CHANGE-CAUSE\n1\s+<none>\n2\s+<none>\n",
            await kubectl.OutputAsync("rollout", "history", Set));
        Assert.Equal("daemonset.apps/each rolled back\n", await kubectl.OutputAsync("rollout", "undo", Set));
        await kubectl.OutputAsync("rollout", "status", Set, "--timeout=120s");
        Assert.DoesNotContain("COLOR", await kubectl.OutputAsync("describe", "pods"), StringComparison.Ordinal);
        Assert.Equal("daemonset.apps/each restarted\n", await kubectl.OutputAsync("rollout", "restart", Set));

        // One node's pod cannot run, so the other one's is left: this rollout is on its way however slowly one looks.
        await kubectl.OutputAsync("set", "image", Set, "main=netes.test/absent:1");
        Assert.Matches(
            """Waiting for daemon set "each" rollout to finish: \d out of 2 new pods have been updated\.\.\.\n""",
            (await kubectl.RunAsync("rollout", "status", Set, "--timeout=10s")).MustFail());
        await kubectl.WaitForAsync("daemonset", "each", "{.status.updatedNumberScheduled}", "1");
        await kubectl.OutputAsync("delete", Set, "--wait=false");
    }
}
