using System.Globalization;
using Netes.EndToEnd.Clusters;
using Netes.EndToEnd.Tools;

namespace Netes.EndToEnd.Workloads;

/// <summary>A StatefulSet's pods keep their names and their names in DNS, and come and go in their order.</summary>
public sealed class StatefulSetTests(TestCluster cluster)
{
    private const string Set = "statefulset/db";

    // The pod's name is what it answers with; the headless Service gives each a name of its own.
    private const string Manifest = $$"""
        apiVersion: v1
        kind: Service
        metadata: { name: db }
        spec:
          clusterIP: None
          selector: { app: db }
          ports: [{ port: 8000 }]
        ---
        apiVersion: apps/v1
        kind: StatefulSet
        metadata: { name: db }
        spec:
          serviceName: db
          replicas: 3
          selector: { matchLabels: { app: db } }
          template:
            metadata: { labels: { app: db } }
            spec:
              terminationGracePeriodSeconds: 2
              containers:
                - name: db
                  image: {{TestImage.Name}}
                  imagePullPolicy: Never
                  command: ["sh", "-c", "echo $(hostname) $COLOR > /www/index.html; exec httpd -f -p 8000 -h /www"]
                  readinessProbe: { httpGet: { path: /, port: 8000 }, periodSeconds: 1, timeoutSeconds: 10 }
        """;

    [Fact]
    public async Task Pods_keep_their_names_in_dns_and_their_order()
    {
        var kubectl = await cluster.KubectlAsync();
        Assert.Equal("service/db created\nstatefulset.apps/db created\n", await kubectl.ApplyAsync(Manifest));

        // How much of the way there was left to tell of depends on who was quicker.
        Assert.Matches(
            @"^(Waiting for .*\n)*partitioned roll out complete: 3 new pods have been updated\.\.\.\n$",
            await kubectl.OutputAsync("rollout", "status", Set, "--timeout=120s"));
        Assert.Matches(@"NAME\s+READY\s+AGE\ndb\s+3/3\s", await kubectl.OutputAsync("get", "statefulset"));
        Assert.Equal("db-0 db-1 db-2", await NamesAsync(kubectl));
        await InOrderAsync(kubectl);

        await AnswersAsync(kubectl, "db-1.db", "db-1");
        var uid = await kubectl.JsonPathAsync("pod", "db-1", "{.metadata.uid}");
        await kubectl.OutputAsync("delete", "pod", "db-1");
        // The set's status may still count the one that is gone.
        await Eventually.Async(
            "another db-1, ready",
            () => kubectl.RunAsync("get", "pod", "db-1", "-o",
                "jsonpath={.metadata.uid} {.status.conditions[?(@.type=='Ready')].status}"),
            pod => pod.Output.EndsWith(" True", StringComparison.Ordinal) && pod.Output.Split(' ')[0] != uid);
        await kubectl.WaitForAsync("statefulset", "db", "{.status.readyReplicas}", "3");
        await AnswersAsync(kubectl, "db-1.db", "db-1");

        await UpdateAsync(kubectl);

        Assert.Equal(
            "statefulset.apps/db scaled\n", await kubectl.OutputAsync("scale", Set, "--replicas=1"));
        await Eventually.Async("the first alone", () => NamesAsync(kubectl), names => names == "db-0");
        await kubectl.ShowsAsync(
            $"describe {Set}", @"Normal\s+SuccessfulDelete\s.*delete Pod db-2 in StatefulSet db successful");
        await kubectl.OutputAsync("delete", "statefulset,service", "--all", "--wait=false");
    }

    private static async Task UpdateAsync(Kubectl kubectl)
    {
        await kubectl.OutputAsync("set", "env", Set, "COLOR=blue");
        await kubectl.OutputAsync("rollout", "status", Set, "--timeout=120s");
        await AnswersAsync(kubectl, "db-0.db", "db-0 blue", from: "db-1");
        Assert.Matches(
            @"^statefulset\.apps/db\s\nREVISION\s+CHANGE-CAUSE\n1\s+<none>\n2\s+<none>\n",
            await kubectl.OutputAsync("rollout", "history", Set));
        Assert.Equal("statefulset.apps/db rolled back\n", await kubectl.OutputAsync("rollout", "undo", Set));
        await kubectl.OutputAsync("rollout", "status", Set, "--timeout=120s");
        await AnswersAsync(kubectl, "db-0.db", "db-0", from: "db-1");
    }

    private static Task<string> NamesAsync(Kubectl kubectl) => kubectl.OutputAsync(
        "get", "pods", "-l", "app=db", "--sort-by=.metadata.name", "-o", "jsonpath={.items[*].metadata.name}");

    // Each was made when the one before it was ready.
    private static async Task InOrderAsync(Kubectl kubectl)
    {
        var times = (await kubectl.OutputAsync(
            "get", "pods", "-l", "app=db", "--sort-by=.metadata.name", "-o",
            "jsonpath={range .items[*]}{.metadata.creationTimestamp} "
            + "{.status.conditions[?(@.type=='Ready')].lastTransitionTime}{'\\n'}{end}"))
            .Split('\n', StringSplitOptions.RemoveEmptyEntries)
            .Select(line => line.Split(' ').Select(time => DateTimeOffset.Parse(time, CultureInfo.InvariantCulture))
                .ToList())
            .ToList();
        Assert.Equal(3, times.Count);
        Assert.All(times.Zip(times.Skip(1)), pair => Assert.True(pair.Second[0] >= pair.First[1], $"{pair}"));
    }

    // A name leads to the new address a moment after the pod is ready; the old one may be somebody else's meanwhile.
    private static Task AnswersAsync(Kubectl kubectl, string name, string answer, string from = "db-0") =>
        kubectl.ShowsAsync($"exec {from} -- busybox timeout 5 wget -q -O - http://{name}:8000", $"^{answer}\n$");
}
