using Microsoft.Extensions.Logging.Abstractions;
using Netes.Api;
using Netes.Api.Core;
using Netes.Api.Telemetry;
using Netes.Client;
using Netes.ControlPlane.Scheduling;

namespace Netes.Bench.Micro;

/// <summary>
/// The scheduler's own part: a decision and what it changes, on 5,000 nodes that fill up. As scheduler_perf's
/// SchedulingBasic, SchedulingPodAntiAffinity and TopologySpreading, without the API; with a server's metrics.
/// </summary>
internal static class Decisions
{
    private const int Nodes = 5_000;
    private const string Hostname = "kubernetes.io/hostname";
    private const string Zone = "topology.kubernetes.io/zone";

    public static Task RunAsync(BenchContext context, CancellationToken cancel)
    {
        Measure(context, "schedule.basic", 3_000, static pod => pod);
        Measure(context, "schedule.apart", 600, static pod => pod with
        {
            Affinity = new() { PodAntiAffinity = new() { RequiredDuringSchedulingIgnoredDuringExecution = [Term()] } },
        });
        Measure(context, "schedule.near", 1_000, static pod => pod with
        {
            Affinity = new()
            {
                PodAffinity = new()
                {
                    RequiredDuringSchedulingIgnoredDuringExecution = [Term() with { TopologyKey = Zone }],
                },
            },
        });
        Measure(context, "schedule.spread", 3_000, static pod => pod with
        {
            TopologySpreadConstraints =
            [
                new()
                {
                    MaxSkew = 5, TopologyKey = Zone, WhenUnsatisfiable = "DoNotSchedule", LabelSelector = Selector(),
                },
            ],
        });
        return Task.CompletedTask;
    }

    private static void Measure(BenchContext context, string name, int count, Func<PodSpec, PodSpec> change)
    {
        var client = new KubernetesClient(new HttpTransport(new() { Server = new Uri("https://127.0.0.1:1") }));
        var (cache, snapshot) = (new SchedulerCache(), new Snapshot());
        var framework = new SchedulerFramework(new SchedulerProfile(), new PluginContext(
            client,
            new EventRecorder(
                client, "bench", "", EventOptions.Default, TimeProvider.System, new Random(1), NullLogger.Instance),
            TimeProvider.System)
        {
            Informers = new InformerSet(client, TimeProvider.System, new Random(1), NullLoggerFactory.Instance),
            Snapshot = snapshot,
            Random = new Random(1),
            Measured = new ProfileMetrics(
                new SchedulerMetrics(
                    new MetricRegistry(), static () => throw new InvalidOperationException("no queue"), cache,
                    new Random(1)),
                "bench", TimeProvider.System, new Random(1)),
        });
        for (int i = 0; i < Nodes; i++)
        {
            cache.SetNode(Node(i));
        }

        var algorithm = new SchedulingAlgorithm(framework, 0, new Random(1));
        int next = 0;
        Clock.Measure(context, name, count, () =>
        {
            PodInfo pod = Pod(next++, change);
            cache.Update(snapshot);
            string node = algorithm.Schedule(framework.NewCycle(), pod, snapshot).Node
                ?? throw new InvalidOperationException($"{name}: pod {next} fits nowhere");
            cache.Assume(new PodInfo(pod.Pod with { Spec = pod.Pod.Spec with { NodeName = node } }));
        });
    }

    private static Node Node(int i) => new()
    {
        Metadata = new()
        {
            Name = $"n{i}", Uid = $"n{i}", Labels = ValueMap.Of((Hostname, $"n{i}"), (Zone, $"z{i % 3}")),
        },
        Status = new()
        {
            Allocatable = ValueMap.Of(
                ("cpu", Quantity.Parse("32")), ("memory", Quantity.Parse("256Gi")), ("pods", Quantity.Parse("110"))),
        },
    };

    private static PodInfo Pod(int i, Func<PodSpec, PodSpec> change) => new(new Pod
    {
        Metadata = new()
        {
            Namespace = "bench",
            Name = $"p{i}",
            Uid = $"p{i}",
            Labels = ValueMap.Of(("app", "bench"), ("color", "blue")),
        },
        Spec = change(new PodSpec
        {
            Containers =
            [
                new Container
                {
                    Name = "c",
                    Image = "pause:3.9",
                    Resources = new()
                    {
                        Requests = ValueMap.Of(("cpu", Quantity.Parse("100m")), ("memory", Quantity.Parse("500Mi"))),
                    },
                },
            ],
        }),
    });

    private static PodAffinityTerm Term() => new() { TopologyKey = Hostname, LabelSelector = Selector() };

    private static Netes.Api.Meta.LabelSelector Selector() => new() { MatchLabels = ValueMap.Of(("color", "blue")) };
}
