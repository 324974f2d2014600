using Netes.Api;
using Netes.Api.Core;
using Netes.Nodes.Pods;

namespace Netes.Tests.Node.Pods;

/// <summary>Pods and runtime states in few words.</summary>
internal static class PodSamples
{
    public static readonly DateTimeOffset Now = new(2026, 1, 1, 0, 0, 0, TimeSpan.Zero);

    public static Pod NewPod(string restartPolicy = RestartPolicy.Always, params string[] containers) => new()
    {
        Metadata = new() { Name = "p", Namespace = "ns", Uid = "u", Generation = 1 },
        Spec = new()
        {
            RestartPolicy = restartPolicy,
            Containers = containers.Select(name => new Container { Name = name, Image = "i" }).ToValueList(),
        },
    };

    public static Pod WithInit(this Pod pod, params Container[] init) =>
        pod with { Spec = pod.Spec with { InitContainers = init.ToValueList() } };

    public static Container Init(string name) => new() { Name = name, Image = "i" };

    public static Container Sidecar(string name) => Init(name) with { RestartPolicy = ContainerRestartPolicy.Always };

    public static PodRuntimeState State(params RuntimeContainer[] containers) => new()
    {
        Sandboxes = [Sandbox("s", ready: true)],
        Containers = [.. containers],
    };

    public static RuntimeSandbox Sandbox(string id, bool ready, uint attempt = 0) => new()
    {
        Id = id, Ready = ready, Attempt = attempt, Addresses = ["10.0.0.1"], CreatedAt = Now,
    };

    public static RuntimeContainer Running(string name, int restarts = 0) => new()
    {
        Id = name + restarts, Name = name, SandboxId = "s", State = RuntimeContainerState.Running,
        RestartCount = restarts, StartedAt = Now, Image = "i",
    };

    public static RuntimeContainer Exited(string name, int code, int restarts = 0) => Running(name, restarts) with
    {
        State = RuntimeContainerState.Exited, ExitCode = code, FinishedAt = Now,
        Reason = code == 0 ? "Completed" : "Error",
    };

    public static PodMemory Started(params RuntimeContainer[] instances) => instances.Aggregate(
        PodMemory.Empty,
        (memory, instance) => memory.With(instance.Name, item => item with { ProbedId = instance.Id, Started = true }));

    public static PodDecision Decide(Pod pod, PodRuntimeState runtime, PodMemory? memory = null, TimeSpan later =
        default) =>
        PodPlan.Decide(new()
        {
            Pod = pod, Runtime = runtime, Memory = memory ?? PodMemory.Empty, Now = Now + later, StartTime = Now,
            Phase = Status(pod, runtime, memory).Phase,
        });

    public static PodStatus Status(Pod pod, PodRuntimeState runtime, PodMemory? memory = null, bool ended = false) =>
        PodStatuses.Build(new()
        {
            Pod = pod, Runtime = runtime, Memory = memory ?? PodMemory.Empty, Now = Now, StartTime = Now,
            HostAddresses = ["192.0.2.1"], Ended = ended,
        });

    /// <summary>The actions in words: <c>start a</c>, <c>kill a</c>, <c>sandbox 0</c>, ...</summary>
    public static string[] Words(this PodDecision decision) =>
    [
        .. decision.Actions.Select(action => action switch
        {
            PodAction.StartContainer start => $"start {start.Container.Name} {start.RestartCount}",
            PodAction.KillContainer kill => $"kill {kill.Container.Name}",
            PodAction.CreateSandbox create => $"sandbox {create.Attempt}",
            PodAction.StopSandbox => "stop sandbox",
            PodAction.Terminate end => $"end {end.Reason}".TrimEnd(),
            _ => "?",
        }),
    ];
}
