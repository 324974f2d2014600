using System.Net;
using System.Text.RegularExpressions;
using Netes.EndToEnd.Clusters;
using Netes.EndToEnd.Tools;

namespace Netes.EndToEnd.Restarts;

/// <summary>
/// Goal: an answer of 2xx is kept for good. Method: writers create, change and delete objects all the time while the
/// server is killed five times without a warning; afterwards every object is at the last revision that was acknowledged
/// or later, and every deleted one is gone. Containers and their processes never notice.
/// </summary>
[Collection(nameof(Disturbances))]
public sealed partial class AcknowledgedTests(TestCluster cluster)
{
    private const int Writers = 8, Kills = 5, ObjectsOfEach = 25;

    [Fact]
    public async Task Nothing_acknowledged_is_lost_when_the_server_is_killed_again_and_again()
    {
        var kubectl = await cluster.KubectlAsync();
        await kubectl.ApplyAsync(Manifests.Deployment("web", replicas: 3, cpu: "10m"));
        await kubectl.OutputAsync("rollout", "status", "deployment/web", "--timeout=120s");
        var containers = await ContainersAsync(kubectl);
        var processes = ProcessesOf(containers);
        Assert.NotEmpty(processes);

        using var api = await ApiClient.OfAsync(kubectl);
        using var enough = new CancellationTokenSource();
        var writers = Enumerable.Range(0, Writers).Select(number =>
            new Writer(api, kubectl.Namespace, number)).ToList();
        var running = writers.Select(writer => writer.RunAsync(enough.Token)).ToList();
        for (var kill = 0; kill < Kills; kill++)
        {
            // Each life of the server acknowledges something before it ends.
            var before = writers.Sum(writer => writer.Acknowledged);
            await Eventually.Async(
                "writes", () => Task.FromResult(writers.Sum(writer => writer.Acknowledged)), now => now > before + 50);
            var server = Assert.Single(
                NodeProcesses.Find(cluster.Local, cluster.Local.ControlPlane, "netes", "server"));
            (await Command.RunAsync("kill", ["-9", $"{server}"])).MustSucceed();
        }

        var last = writers.Sum(writer => writer.Acknowledged);
        await Eventually.Async(
            "writes", () => Task.FromResult(writers.Sum(writer => writer.Acknowledged)), now => now > last + 50);
        await enough.CancelAsync();
        await Task.WhenAll(running);

        await CompareAsync(api, kubectl, writers);
        Assert.Equal(containers, await ContainersAsync(kubectl));
        Assert.Equal(processes, ProcessesOf(containers));
        await kubectl.OutputAsync("delete", "deployment,configmap", "--all", "--wait=false");
    }

    private static async Task CompareAsync(ApiClient api, Kubectl kubectl, IReadOnlyList<Writer> writers)
    {
        // Connections to a life of the server that has ended break first.
        var list = await Eventually.Async(
            "the list", () => api.TryAsync(HttpMethod.Get, $"/api/v1/namespaces/{kubectl.Namespace}/configmaps"),
            answer => answer?.Status == HttpStatusCode.OK);
        var there = list!.Value.Body.GetProperty("items").EnumerateArray().ToDictionary(
            item => item.GetProperty("metadata").GetProperty("name").GetString()!,
            item => (Revision: long.Parse(item.GetProperty("metadata").GetProperty("resourceVersion").GetString()!),
                Count: item.TryGetProperty("data", out var data) && data.TryGetProperty("count", out var count)
                    ? int.Parse(count.GetString()!) : 0));
        foreach (var (name, state) in writers.SelectMany(writer => writer.Known))
        {
            if (state.Gone)
            {
                Assert.False(there.ContainsKey(name), $"{name} is there, its deletion was acknowledged");
            }
            else if (!state.MayBeGone)
            {
                Assert.True(there.ContainsKey(name), $"{name} is lost, it was acknowledged at {state}");
                Assert.True(
                    there[name].Revision >= state.Revision && there[name].Count >= state.Count,
                    $"{name} is {there[name]}, it was acknowledged at {state}");
            }
        }

        // So many that an empty comparison cannot pass for a good one.
        Assert.True(writers.Sum(writer => writer.Acknowledged) > Kills * 50);
    }

    private static Task<string> ContainersAsync(Kubectl kubectl) => kubectl.OutputAsync(
        "get", "pods", "--sort-by=.metadata.name", "-o", "jsonpath={range .items[*]}{.metadata.name} " +
        "{.status.containerStatuses[0].containerID} {.status.containerStatuses[0].state.running.startedAt} " +
        "{.status.containerStatuses[0].restartCount}{'\\n'}{end}");

    // Those in the containers' cgroups, on whichever node: pods of other tests may still be ending. A new process has a
    // new start.
    private HashSet<(int, string)> ProcessesOf(string containers)
    {
        var ids = ContainerId().Matches(containers).Select(match => match.Groups[1].Value).ToList();
        return
        [
            .. new[] { cluster.Local.ControlPlane, cluster.Local.Worker }
                .SelectMany(node => NodeProcesses.All(cluster.Local, node))
                .Where(each => each.CommandLine is ["httpd", ..] && ids.Any(id => IsIn(each.Pid, id)))
                .Select(each => (each.Pid, each.Started)),
        ];
    }

    private static bool IsIn(int pid, string container)
    {
        var file = $"/proc/{pid}/cgroup";
        return File.Exists(file) && File.ReadAllText(file).Contains(container, StringComparison.Ordinal);
    }

    [GeneratedRegex("containerd://([0-9a-f]{64})")]
    private static partial Regex ContainerId();

    /// <summary>Goes round its objects: creates what is not there, counts up, and deletes every seventh time.</summary>
    private sealed class Writer(ApiClient api, string ns, int number)
    {
        private readonly Dictionary<string, State> _known = [];
        private int _acknowledged;

        public int Acknowledged => Volatile.Read(ref _acknowledged);

        public IReadOnlyDictionary<string, State> Known => _known;

        public async Task RunAsync(CancellationToken cancel)
        {
            for (var turn = 0; !cancel.IsCancellationRequested; turn++)
            {
                var name = $"w{number}-{turn % ObjectsOfEach}";
                var path = $"/api/v1/namespaces/{ns}/configmaps";
                var state = _known.GetValueOrDefault(name, new State(0, 0, Gone: true, MayBeGone: true));
                if (turn % 7 == 6 && !state.Gone)
                {
                    await SendAsync(name, state with { MayBeGone = true }, HttpMethod.Delete, $"{path}/{name}", null);
                }
                else if (state.Gone)
                {
                    await SendAsync(name, new(0, turn, false, false), HttpMethod.Post, path,
                        $$$"""{"metadata":{"name":"{{{name}}}"},"data":{"count":"{{{turn}}}"}}""");
                }
                else
                {
                    await SendAsync(name, state with { Count = turn }, HttpMethod.Patch, $"{path}/{name}",
                        $$$"""{"data":{"count":"{{{turn}}}"}}""");
                }
            }
        }

        private async Task SendAsync(string name, State wanted, HttpMethod method, string path, string? body)
        {
            var type = method == HttpMethod.Patch ? "application/merge-patch+json" : "application/json";
            var answer = await api.TryAsync(method, path, body, type);
            if (answer is not { } there)
            {
                // Done or not: nobody knows. A deletion may have happened; a creation, too, of what was gone before.
                if (method != HttpMethod.Patch)
                {
                    _known[name] = wanted with { MayBeGone = true };
                }

                using var pause = new PeriodicTimer(TimeSpan.FromMilliseconds(100));
                await pause.WaitForNextTickAsync();
            }
            else if ((int)there.Status is >= 200 and < 300)
            {
                Interlocked.Increment(ref _acknowledged);
                _known[name] = method == HttpMethod.Delete
                    ? wanted with { Gone = true }
                    : wanted with { Revision = Revision(there.Body), Gone = false, MayBeGone = false };
            }
            else if (there.Status == HttpStatusCode.NotFound)
            {
                // Only what was deleted without an answer may be missing.
                Assert.True(wanted.MayBeGone, $"{method} {path}: {there.Body}");
                _known[name] = wanted with { Gone = true };
            }
            else if (there.Status == HttpStatusCode.Conflict && method == HttpMethod.Post)
            {
                // It was created without an answer.
                _known[name] = new(0, 0, Gone: false, MayBeGone: false);
            }
        }

        private static long Revision(System.Text.Json.JsonElement body) =>
            long.Parse(body.GetProperty("metadata").GetProperty("resourceVersion").GetString()!);
    }

    private sealed record State(long Revision, int Count, bool Gone, bool MayBeGone);
}
