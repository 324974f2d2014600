using System.Text;
using Netes.Api;
using Netes.Api.Core;
using Netes.ControlPlane.Scheduling;
using Netes.Host;
using static Netes.Tests.ControlPlane.Objects;
using static Netes.Tests.ControlPlane.WorkloadTests;

namespace Netes.Tests.ControlPlane.Scheduler.Extenders;

/// <summary>The configuration of extenders, and a whole scheduler with one over TLS.</summary>
public sealed class ExtenderServiceTests
{
    [Fact]
    public async Task ExtenderOverTls_choosesTheNodeAndBindsThePod()
    {
        await using var cluster = await TestCluster.StartAsync();
        await using var server = await ExtenderServer.StartAsync(
            async (verb, body) =>
            {
                if (verb == "filter")
                {
                    return (200, """{"NodeNames":["n2"],"FailedNodes":{"n1":"not this one"}}""");
                }

                await cluster.Client.BindAsync(
                    new Binding
                    {
                        Metadata = new()
                        {
                            Namespace = body.GetProperty("PodNamespace").GetString()!,
                            Name = body.GetProperty("PodName").GetString()!,
                            Annotations = ValueMap.Of(("bound-by", "extender")),
                        },
                        Target = new() { Kind = "Node", Name = body.GetProperty("Node").GetString()! },
                    },
                    TestCluster.Cancel);
                return (200, "{}");
            },
            secure: true);
        var client = server.Client();
        var (options, errors) = SchedulerConfiguration.Parse(Encoding.UTF8.GetBytes($"""
            apiVersion: kubescheduler.config.k8s.io/v1
            kind: KubeSchedulerConfiguration
            extenders:
            - urlPrefix: {server.Options.UrlPrefix}
              filterVerb: filter
              bindVerb: bind
              nodeCacheCapable: true
              enableHTTPS: true
              httpTimeout: 30s
              tlsConfig:
                serverName: extender.test
                caData: {Base64(server.AuthorityPem)}
                certData: {Base64(client.Certificate)}
                keyData: {Base64(client.Key)}
            """));
        Assert.Empty(errors);
        await RunAsync(cluster, options);
        var bound = await cluster.WaitForAsync<Pod>("default", "a", static pod => pod?.Spec.NodeName.Length > 0);
        Assert.Equal("n2", bound!.Spec.NodeName);
        Assert.Equal("extender", bound.Metadata.Annotations["bound-by"]);
        Assert.Equal(["POST filter", "POST bind"], server.Requests.Select(static request => request.Verb));
    }

    [Fact]
    public async Task ExtenderThatFails_isWhatThePodIsToldAbout()
    {
        await using var cluster = await TestCluster.StartAsync();
        await using var server = await ExtenderServer.StartAsync("{}", code: 500);
        await RunAsync(
            cluster, new SchedulerOptions { Extenders = [server.Options with { FilterVerb = "filter" }] });
        var pod = await cluster.WaitForAsync<Pod>("default", "a", static pod => pod?.Status.Conditions.Count > 0);
        var told = Assert.Single(pod!.Status.Conditions);
        var why = $"failed filter with extender at URL {server.Options.UrlPrefix}filter, code 500";
        Assert.Equal(
            ("PodScheduled", "False", "SchedulerError", why), (told.Type, told.Status, told.Reason, told.Message));
    }

    [Fact]
    public void Configuration_isReadWhole()
    {
        var (options, errors) = Parse("""
            - urlPrefix: http://127.0.0.1:8888/extend
              filterVerb: filter
              preemptVerb: preempt
              prioritizeVerb: prioritize
              weight: 5
              nodeCacheCapable: true
              ignorable: true
              managedResources:
              - {name: example.com/fpga, ignoredByScheduler: true}
            """);
        Assert.Empty(errors);
        Assert.Equal(
            new ExtenderOptions
            {
                UrlPrefix = "http://127.0.0.1:8888/extend",
                FilterVerb = "filter",
                PreemptVerb = "preempt",
                PrioritizeVerb = "prioritize",
                Weight = 5,
                NodeCacheCapable = true,
                IsIgnorable = true,
                HttpTimeout = TimeSpan.FromSeconds(5),
                ManagedResources = [new("example.com/fpga", true)],
            },
            Assert.Single(options.Extenders));
    }

    [Theory]
    [InlineData("- {urlPrefix: u, prioritizeVerb: p}",
        "extenders[0].weight: Invalid value: 0: must have a positive weight applied to it")]
    [InlineData("- {urlPrefix: u, bindVerb: b}\n- {urlPrefix: v, bindVerb: b}",
        "extenders: Invalid value: \"found 2 extenders implementing bind\": only one extender can implement bind")]
    [InlineData("- {urlPrefix: u, managedResources: [{name: cpu}]}",
        "extenders[0].managedResources[0].name: Invalid value: \"cpu\": is an invalid extended resource name")]
    [InlineData("- {urlPrefix: u, managedResources: [{name: a.b/c}]}\n"
        + "- {urlPrefix: v, managedResources: [{name: a.b/c}]}",
        "extenders[1].managedResources[0].name: Invalid value: \"a.b/c\": duplicate extender managed resource name")]
    [InlineData("- {urlPrefix: u, nonsense: 1}", "strict decoding error: unknown field \"extenders[0].nonsense\"")]
    public void WrongConfiguration_isRefused(string extenders, string expected) =>
        Assert.Equal([expected], Parse(extenders).Errors);

    /// <summary>Runs a scheduler with two nodes and one pod to place.</summary>
    private static async Task RunAsync(TestCluster cluster, SchedulerOptions options)
    {
        foreach (var node in new[] { "n1", "n2" })
        {
            await CreateNodeAsync(cluster, MakeNode(node));
            await cluster.Client.PatchAsync<Netes.Api.Core.Node>(
                "", node, Netes.Client.Patch.Merge("""{"spec":{"taints":null}}"""), "", TestCluster.Cancel);
        }

        await cluster.Client.CreateAsync(
            new ServiceAccount { Metadata = new() { Namespace = "default", Name = "default" } }, TestCluster.Cancel);
        cluster.Run(new SchedulerService(
            options, ControlPlaneParts.Client(cluster.Server, "system:kube-scheduler"), TimeProvider.System,
            new Random(1), TestCluster.Loggers).RunAsync);
        await cluster.Client.CreateAsync(ToCreate(Pod("a")), TestCluster.Cancel);
    }

    private static (SchedulerOptions Options, IReadOnlyList<string> Errors) Parse(string extenders) =>
        SchedulerConfiguration.Parse(Encoding.UTF8.GetBytes(
            "apiVersion: kubescheduler.config.k8s.io/v1\nkind: KubeSchedulerConfiguration\nextenders:\n" + extenders));

    private static string Base64(string text) => Convert.ToBase64String(Encoding.UTF8.GetBytes(text));
}
