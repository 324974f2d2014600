using Netes.Api;
using Netes.Api.Core;
using Netes.Api.Meta;
using static Netes.Tests.ControlPlane.Objects;

namespace Netes.Tests.ControlPlane.Scheduler.Reference;

// The tests of Netes.Node are a namespace of that name.
using Node = Netes.Api.Core.Node;

/// <summary>Nodes and pods with few labels, so that terms and constraints meet often.</summary>
internal sealed class RandomCluster(Random random)
{
    private static readonly string[] Keys = ["kubernetes.io/hostname", "zone", "rack"];
    private static readonly string[] Apps = ["a", "b", "c"];
    private int _count;

    public Node NewNode(string? name = null)
    {
        var node = MakeNode(
            name ?? $"n{_count++}", $"{random.Next(1, 5)}", $"{random.Next(2, 9)}Gi", random.Next(3, 12));
        var labels = node.Metadata.Labels;
        labels = Often() ? labels.Set("zone", $"z{random.Next(3)}") : labels;
        labels = Often() ? labels.Set("rack", $"r{random.Next(4)}") : labels;
        var allocatable = node.Status.Allocatable;
        allocatable = random.Next(4) == 0
            ? allocatable.Set(Pick(RandomDevices.Resources), Quantity.FromValue(random.Next(1, 4)))
            : allocatable;
        return node with
        {
            Metadata = node.Metadata with { Labels = labels },
            Spec = new() { Unschedulable = random.Next(12) == 0, Taints = [.. Taints()] },
            Status = node.Status with { Allocatable = allocatable, Images = [.. Images()] },
        };
    }

    /// <summary>Null: a pod that waits.</summary>
    public Pod NewPod(string? node)
    {
        var pod = Pod($"p{_count++}", node ?? "");
        var requests = new List<(string, Quantity)>();
        if (Often())
        {
            requests.Add(("cpu", Quantity.Parse($"{random.Next(1, 8) * 100}m")));
        }

        if (Often())
        {
            requests.Add(("memory", Quantity.Parse($"{random.Next(1, 8) * 128}Mi")));
        }

        if (random.Next(4) == 0)
        {
            requests.Add((Pick(RandomDevices.Resources), Quantity.FromValue(random.Next(1, 4))));
        }

        return pod with
        {
            Metadata = pod.Metadata with
            {
                Namespace = random.Next(3) == 0 ? "other" : "default",
                Labels = ValueMap.Of(("app", Pick(Apps)), ("tier", Pick(["front", "back"]))),
                DeletionTimestamp = node is not null && random.Next(6) == 0 ? Timestamp.From(Now) : null,
            },
            Spec = pod.Spec with
            {
                Containers =
                [
                    new Container
                    {
                        Name = "main",
                        Image = $"image{random.Next(2)}:1",
                        Resources = new() { Requests = ValueMap.Of([.. requests]) },
                        Ports = random.Next(8) == 0
                            ? [new ContainerPort { ContainerPortValue = 80, HostPort = random.Next(80, 83) }]
                            : [],
                    },
                ],
                Tolerations = random.Next(3) == 0 ? [new Toleration { Key = "gpu", Operator = "Exists" }] : [],
                NodeSelector = random.Next(6) == 0 ? ValueMap.Of(("zone", $"z{random.Next(3)}")) : default,
                Affinity = NewAffinity(),
                TopologySpreadConstraints = [.. Constraints()],
            },
        };
    }

    private Affinity NewAffinity() => new()
    {
        NodeAffinity = random.Next(4) == 0
            ? new()
            {
                PreferredDuringSchedulingIgnoredDuringExecution =
                [
                    new PreferredSchedulingTerm
                    {
                        Weight = random.Next(1, 50),
                        Preference = new()
                        {
                            MatchExpressions = [new() { Key = "rack", Operator = "In", Values = ["r1", "r2"] }],
                        },
                    },
                ],
            }
            : null,
        PodAffinity = new()
        {
            RequiredDuringSchedulingIgnoredDuringExecution = [.. Some(6, Term)],
            PreferredDuringSchedulingIgnoredDuringExecution = [.. Some(4, Weighted)],
        },
        PodAntiAffinity = new()
        {
            RequiredDuringSchedulingIgnoredDuringExecution = [.. Some(6, Term)],
            PreferredDuringSchedulingIgnoredDuringExecution = [.. Some(4, Weighted)],
        },
    };

    private PodAffinityTerm Term() => new()
    {
        TopologyKey = Pick(Keys),
        LabelSelector = Selector(),
        Namespaces = random.Next(4) == 0 ? ["other", "default"] : [],
    };

    private WeightedPodAffinityTerm Weighted() => new() { Weight = random.Next(1, 100), PodAffinityTerm = Term() };

    private LabelSelector? Selector() => random.Next(6) switch
    {
        0 => new() { MatchExpressions = [new() { Key = "app", Operator = "In", Values = ["a", "b"] }] },
        1 => new() { MatchLabels = ValueMap.Of(("app", Pick(Apps)), ("tier", "front")) },
        2 => random.Next(3) == 0 ? new() : null,
        _ => new() { MatchLabels = ValueMap.Of(("app", Pick(Apps))) },
    };

    private IEnumerable<TopologySpreadConstraint> Constraints() => Some(3, () => new TopologySpreadConstraint
    {
        TopologyKey = Pick(Keys),
        WhenUnsatisfiable = Pick(["DoNotSchedule", "ScheduleAnyway"]),
        MaxSkew = random.Next(1, 4),
        LabelSelector = Selector(),
        NodeAffinityPolicy = Pick<string?>(["Honor", "Ignore", null]),
        NodeTaintsPolicy = Pick<string?>(["Honor", "Ignore", null]),
    }).Select(constraint => constraint with
    {
        MinDomains = constraint.WhenUnsatisfiable == "DoNotSchedule" && random.Next(3) == 0 ? random.Next(1, 5) : null,
    });

    private IEnumerable<Taint> Taints() => Some(
        5, () => new Taint { Key = "gpu", Effect = Pick(["NoSchedule", "PreferNoSchedule", "NoExecute"]) });

    private IEnumerable<ContainerImage> Images() => Some(
        2,
        () => new ContainerImage
        {
            Names = [$"image{random.Next(2)}:1"], SizeBytes = random.NextInt64(2_000_000_000),
        })
        .DistinctBy(image => image.Names[0]);

    /// <summary>None, or one or two, one time in so many.</summary>
    private IEnumerable<T> Some<T>(int oneIn, Func<T> make) =>
        random.Next(oneIn) == 0 ? Enumerable.Range(0, random.Next(1, 3)).Select(_ => make()).ToList() : [];

    private bool Often() => random.Next(5) > 0;

    private T Pick<T>(IReadOnlyList<T> list) => list[random.Next(list.Count)];
}
