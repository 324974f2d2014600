using Microsoft.Extensions.Logging.Abstractions;
using Netes.Api;
using Netes.Api.Core;
using Netes.ControlPlane.Scheduling;
using static Netes.Tests.ControlPlane.Objects;

namespace Netes.Tests.ControlPlane.Scheduler.Extenders;

/// <summary>Goal: extenders on real HTTP have their say as in Kubernetes, and what they do wrong is told so.</summary>
public sealed class ExtenderTests
{
    private const string Two = """{"nodenames":["n1","n2"],"failedNodes":{}}""";

    private readonly SchedulerCache _cache = new();
    private readonly Snapshot _snapshot = new();

    [Fact]
    public async Task Filter_takesNodesAwayWithItsReasons()
    {
        await using var server = await ExtenderServer.StartAsync("""
            {"NodeNames":[],"FailedNodes":{"n1":"too loud","n2":"too loud"},
             "FailedAndUnresolvableNodes":{"n2":"too far"}}
            """);
        var result = Schedule(server.Options with { FilterVerb = "filter", NodeCacheCapable = true });
        Assert.Null(result.Node);
        Assert.StartsWith("0/2 nodes are available: 1 too far, 1 too loud.", result.Message, StringComparison.Ordinal);
        Assert.Contains(result.Rejectors, static plugin => plugin.Name == "Extender");
        var (verb, body) = Assert.Single(server.Requests);
        Assert.Equal("POST filter", verb);
        Assert.Equal("a", body.GetProperty("Pod").GetProperty("metadata").GetProperty("name").GetString());
        Assert.Equal(
            ["n1", "n2"], body.GetProperty("NodeNames").EnumerateArray().Select(static name => name.GetString()));
        Assert.Equal(System.Text.Json.JsonValueKind.Null, body.GetProperty("Nodes").ValueKind);
    }

    [Fact]
    public async Task FilterWithoutACache_getsWholeNodes()
    {
        await using var server = await ExtenderServer.StartAsync(
            """{"Nodes":{"items":[{"metadata":{"name":"n2"}}]}}""");
        Assert.Equal("n2", Schedule(server.Options with { FilterVerb = "filter" }).Node);
        var items = Assert.Single(server.Requests).Body.GetProperty("Nodes").GetProperty("items");
        Assert.Equal(
            "4", items[0].GetProperty("status").GetProperty("allocatable").GetProperty("cpu").GetString());
    }

    [Theory]
    [InlineData("{}", 500, "failed filter with extender at URL ADDRESSfilter, code 500")]
    [InlineData("""{"error":"no idea"}""", 200, "no idea")]
    [InlineData("""{"NodeNames":["n9"]}""", 200,
        "extender \"ADDRESS\" claims a filtered node \"n9\" which is not found in the input node list")]
    [InlineData("nonsense", 200, "'nonsense' is an invalid JSON literal. Expected the literal 'null'. "
        + "LineNumber: 0 | BytePositionInLine: 1.")]
    [InlineData("""{"NodeNames":[7]}""", 200, "The requested operation requires an element of type 'String', but the "
        + "target element has type 'Number'.")]
    public async Task FilterThatFails_failsThePodUnlessItMayBeIgnored(string body, int code, string expected)
    {
        await using var server = await ExtenderServer.StartAsync(body, code);
        var options = server.Options with { FilterVerb = "filter", NodeCacheCapable = true };
        var failure = Assert.Throws<ExtenderException>(() => Schedule(options));
        Assert.Equal(expected.Replace("ADDRESS", server.Options.UrlPrefix, StringComparison.Ordinal), failure.Message);
        Assert.NotNull(Schedule(options with { IsIgnorable = true }).Node);
    }

    [Fact]
    public async Task SilentExtender_isWaitedForAsLongAsItMayTake()
    {
        var never = new TaskCompletionSource();
        await using var server = await ExtenderServer.StartAsync(async (_, _) =>
        {
            await never.Task;
            return (200, Two);
        });
        var failure = Assert.Throws<ExtenderException>(() => Schedule(
            server.Options with { FilterVerb = "filter", HttpTimeout = TimeSpan.FromMilliseconds(50) }));
        never.SetResult();
        Assert.Equal($"Post \"{server.Options.UrlPrefix}filter\": context deadline exceeded (Client.Timeout exceeded "
            + "while awaiting headers)", failure.Message);
    }

    [Fact]
    public async Task Scores_areAddedInTheSchedulersMeasure()
    {
        await using var server = await ExtenderServer.StartAsync(
            """[{"host":"n1","score":3},{"Host":"n2","Score":10}]""");
        var options = server.Options with { PrioritizeVerb = "prioritize", Weight = 5, NodeCacheCapable = true };
        Assert.Equal("n2", Schedule(options).Node);
        using var extenders = SchedulerExtenders.Create([options], NullLogger.Instance)!;
        long[] totals = [1, 2];
        extenders.Score(Pod("a"), Nodes(), totals);
        Assert.Equal([151, 502], totals);
    }

    [Fact]
    public async Task ScoresOfSeveral_areAskedForAtOnce()
    {
        // Neither answers before the other has been asked.
        var both = new TaskCompletionSource();
        var asked = 0;
        async Task<(int Code, string Body)> AnswerAsync(string verb, System.Text.Json.JsonElement body)
        {
            if (Interlocked.Increment(ref asked) == 2)
            {
                both.SetResult();
            }

            await both.Task;
            return (200, """[{"Host":"n1","Score":1},{"Host":"n2","Score":2}]""");
        }

        await using var one = await ExtenderServer.StartAsync(AnswerAsync);
        await using var other = await ExtenderServer.StartAsync(AnswerAsync);
        var (verb, wait) = ("prioritize", TimeSpan.FromSeconds(20));
        using var extenders = SchedulerExtenders.Create(
            [
                one.Options with { PrioritizeVerb = verb, Weight = 1, HttpTimeout = wait },
                other.Options with { PrioritizeVerb = verb, Weight = 10, HttpTimeout = wait },
            ],
            NullLogger.Instance)!;
        long[] totals = [0, 0];
        extenders.Score(Pod("a"), Nodes(), totals);
        Assert.Equal([110, 220], totals);
    }

    [Theory]
    [InlineData(503)]
    [InlineData(200)]
    public async Task ScoresThatFail_countNothing(int code)
    {
        await using var server = await ExtenderServer.StartAsync("{}", code);
        using var extenders = SchedulerExtenders.Create(
            [server.Options with { PrioritizeVerb = "prioritize", Weight = 5 }], NullLogger.Instance)!;
        long[] totals = [1, 2];
        extenders.Score(Pod("a"), Nodes(), totals);
        Assert.Equal([1, 2], totals);
        Assert.Single(server.Requests);
    }

    [Fact]
    public async Task ManagedResource_isTheExtendersMatter()
    {
        await using var server = await ExtenderServer.StartAsync(Two);
        var options = server.Options with
        {
            FilterVerb = "filter",
            NodeCacheCapable = true,
            ManagedResources = [new("example.com/fpga", true)],
        };
        Assert.NotNull(Schedule(options).Node);
        Assert.Empty(server.Requests);
        Assert.NotNull(Schedule(options, Wanting("example.com/fpga")).Node);
        Assert.Single(server.Requests);
        var strict = options with { ManagedResources = [new("example.com/fpga", false)] };
        Assert.Contains(
            "2 Insufficient example.com/fpga", Schedule(strict, Wanting("example.com/fpga")).Message,
            StringComparison.Ordinal);
    }

    [Fact]
    public async Task Preemption_isTheExtendersChoice()
    {
        await using var server = await ExtenderServer.StartAsync(
            """{"NodeNameToMetaVictims":{"n2":{"Pods":[{"UID":"uid-low2"}],"NumPDBViolations":0}}}""");
        var options = server.Options with { PreemptVerb = "preempt", NodeCacheCapable = true };
        Fill();
        var result = Schedule(options, Urgent());
        Assert.Equal("n2", result.PostFilter!.NominatedNode);
        var body = Assert.Single(server.Requests).Body;
        Assert.Equal(System.Text.Json.JsonValueKind.Null, body.GetProperty("NodeNameToVictims").ValueKind);
        Assert.Equal("uid-low1", body.GetProperty("NodeNameToMetaVictims").GetProperty("n1").GetProperty("Pods")[0]
            .GetProperty("UID").GetString());
    }

    [Theory]
    [InlineData("{}", "preemption: no candidate node for preemption")]
    [InlineData("""{"NodeNameToMetaVictims":{"n2":{"Pods":[]}}}""",
        "preemption: expected at least one victim pod on node \"n2\"")]
    [InlineData("""{"NodeNameToMetaVictims":{"n9":{"Pods":[]}}}""",
        "preemption: nodeinfo not found for node name \"n9\"")]
    [InlineData("""{"NodeNameToMetaVictims":{"n2":{"Pods":[{"UID":"x"}]}}}""",
        "preemption: extender: ADDRESS claims to preempt pod (UID: &{x}) on node: n2, but the pod is not found on that "
        + "node")]
    public async Task PreemptionThatTheExtenderRefuses_isNone(string body, string expected)
    {
        await using var server = await ExtenderServer.StartAsync(body);
        Fill();
        var result = Schedule(server.Options with { PreemptVerb = "preempt" }, Urgent());
        Assert.Null(result.PostFilter?.Act);
        Assert.EndsWith(
            expected.Replace("ADDRESS", server.Options.UrlPrefix, StringComparison.Ordinal), result.Message,
            StringComparison.Ordinal);
        Assert.Equal("low1", Assert.Single(server.Requests).Body.GetProperty("NodeNameToVictims").GetProperty("n1")
            .GetProperty("Pods")[0].GetProperty("metadata").GetProperty("name").GetString());
    }

    [Theory]
    [InlineData("{}", 200, true, null)]
    [InlineData("""{"Error":"taken"}""", 200, true, "taken")]
    [InlineData("{}", 404, true, "failed bind with extender at URL ADDRESSbind, code 404")]
    public async Task Binding_isTheExtenders(string body, int code, bool expected, string? failure)
    {
        await using var server = await ExtenderServer.StartAsync(body, code);
        using var extenders = SchedulerExtenders.Create(
            [server.Options with { BindVerb = "bind" }], NullLogger.Instance)!;
        var (isTheirs, status) = await extenders.BindAsync(Pod("a"), "n1", TestContext.Current.CancellationToken);
        Assert.Equal(
            (expected, failure?.Replace("ADDRESS", server.Options.UrlPrefix, StringComparison.Ordinal)),
            (isTheirs, status?.Message));
        Assert.Equal(
            """{"PodName":"a","PodNamespace":"default","PodUID":"uid-a","Node":"n1"}""",
            Assert.Single(server.Requests).Body.GetRawText());
    }

    [Fact]
    public async Task IgnorableBinderThatFails_leavesItToTheScheduler()
    {
        await using var server = await ExtenderServer.StartAsync("{}", 500);
        using var extenders = SchedulerExtenders.Create(
            [server.Options with { BindVerb = "bind", IsIgnorable = true }], NullLogger.Instance)!;
        Assert.Equal(
            (false, null), await extenders.BindAsync(Pod("a"), "n1", TestContext.Current.CancellationToken));
    }

    [Fact]
    public void NoExtenders_areNothing() => Assert.Null(SchedulerExtenders.Create([], NullLogger.Instance));

    private ScheduleResult Schedule(ExtenderOptions options, Pod? pod = null)
    {
        Nodes();
        using var extenders = SchedulerExtenders.Create([options], NullLogger.Instance)!;
        var profile = new SchedulerProfile { Arguments = [.. extenders.Apply([])] };
        var framework = Frameworks.Create(_snapshot, profile, extenders: extenders);
        return new SchedulingAlgorithm(framework, 0, new Random(1)) { Extenders = extenders }
            .Schedule(new CycleState(), new PodInfo(pod ?? Pod("a")), _snapshot);
    }

    private IReadOnlyList<NodeInfo> Nodes()
    {
        _cache.SetNode(MakeNode("n1"));
        _cache.SetNode(MakeNode("n2"));
        _cache.Update(_snapshot);
        return [_snapshot.Get("n1")!, _snapshot.Get("n2")!];
    }

    private void Fill()
    {
        _cache.SetPod(Of(Pod("low1", "n1").Requesting("3", "1Gi"), 1));
        _cache.SetPod(Of(Pod("low2", "n2").Requesting("3", "1Gi"), 1));
    }

    private static Pod Urgent() => Of(Pod("urgent").Requesting("3", "1Gi"), 100);

    private static Pod Of(Pod pod, int priority) => pod with { Spec = pod.Spec with { Priority = priority } };

    private static Pod Wanting(string resource)
    {
        var pod = Pod("a");
        var container = pod.Spec.Containers[0] with
        {
            Resources = new() { Requests = ValueMap.Of((resource, Quantity.Parse("1"))) },
        };
        return pod with { Spec = pod.Spec with { Containers = [container] } };
    }
}
