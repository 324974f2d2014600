using Netes.Api;
using Netes.Api.Apps;
using Netes.Api.Core;
using Netes.Api.Meta;
using ConditionStatus = Netes.Api.Core.ConditionStatus;

namespace Netes.Tests.ControlPlane;

// The tests of Netes.Node are a namespace of that name.
using Node = Netes.Api.Core.Node;

/// <summary>Objects for tests, with what matters to the test alone.</summary>
internal static class Objects
{
    public static readonly DateTimeOffset Now = new(2026, 1, 1, 12, 0, 0, TimeSpan.Zero);

    public static Pod Pod(
        string name, string node = "", string phase = PodPhase.Running, bool ready = true, int readySeconds = 100,
        string ip = "") => new()
        {
            Metadata = new()
            {
                Namespace = "default",
                Name = name,
                Uid = $"uid-{name}",
                CreationTimestamp = Timestamp.From(Now.AddSeconds(-200)),
                Labels = ValueMap.Of(("app", "web")),
            },
            Spec = new()
            {
                NodeName = node,
                SchedulerName = "default-scheduler",
                Containers = [new Container { Name = "main", Image = "web:1" }],
            },
            Status = new()
            {
                Phase = phase,
                PodIP = ip,
                PodIPs = ip.Length == 0 ? [] : [new PodIP { IP = ip }],
                Conditions =
                [
                    new PodCondition
                    {
                        Type = PodConditionType.Ready,
                        Status = ready ? ConditionStatus.True : ConditionStatus.False,
                        LastTransitionTime = Timestamp.From(Now.AddSeconds(-readySeconds)),
                    },
                ],
            },
        };

    public static Pod Requesting(this Pod pod, string cpu, string memory) => pod with
    {
        Spec = pod.Spec with
        {
            Containers =
            [
                pod.Spec.Containers[0] with
                {
                    Resources = new()
                    {
                        Requests = ValueMap.Of(("cpu", Quantity.Parse(cpu)), ("memory", Quantity.Parse(memory))),
                    },
                },
            ],
        },
    };

    public static Node MakeNode(string name, string cpu = "4", string memory = "8Gi", int pods = 110) => new()
    {
        Metadata = new()
        {
            Name = name,
            Uid = $"uid-{name}",
            Labels = ValueMap.Of(("kubernetes.io/hostname", name)),
            CreationTimestamp = Timestamp.From(Now.AddHours(-1)),
        },
        Status = new()
        {
            Allocatable = ValueMap.Of(
                ("cpu", Quantity.Parse(cpu)), ("memory", Quantity.Parse(memory)), ("pods", Quantity.FromValue(pods))),
            Conditions = [new NodeCondition { Type = NodeConditionType.Ready, Status = ConditionStatus.True }],
        },
    };

    public static Deployment Deployment(
        int replicas, IntOrString? maxSurge = null, IntOrString? maxUnavailable = null, string image = "web:1") => new()
        {
            Metadata = new() { Namespace = "default", Name = "web", Uid = "uid-web" },
            Spec = new()
            {
                Replicas = replicas,
                ProgressDeadlineSeconds = 600,
                RevisionHistoryLimit = 10,
                Selector = new LabelSelector { MatchLabels = ValueMap.Of(("app", "web")) },
                Template = Template(image),
                Strategy = new()
                {
                    Type = DeploymentStrategyType.RollingUpdate,
                    RollingUpdate = new() { MaxSurge = maxSurge ?? 1, MaxUnavailable = maxUnavailable ?? 0 },
                },
            },
        };

    public static ReplicaSet ReplicaSet(string name, int replicas, int available, int ageSeconds, string image) => new()
    {
        Metadata = new()
        {
            Namespace = "default",
            Name = name,
            Uid = $"uid-{name}",
            CreationTimestamp = Timestamp.From(Now.AddSeconds(-ageSeconds)),
        },
        Spec = new() { Replicas = replicas, Template = Template(image) },
        Status = new() { Replicas = replicas, ReadyReplicas = available, AvailableReplicas = available },
    };

    private static PodTemplateSpec Template(string image) => new()
    {
        Metadata = new() { Labels = ValueMap.Of(("app", "web")) },
        Spec = new() { Containers = [new Container { Name = "main", Image = image }] },
    };
}
