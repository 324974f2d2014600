using System.Collections.Immutable;

namespace Netes.Nodes.Pods;

/// <summary>What the runtime has of one pod: the only memory that survives a restart of the agent.</summary>
public sealed record PodRuntimeState
{
    public static PodRuntimeState Empty { get; } = new();

    /// <summary>Newest first.</summary>
    public ImmutableArray<RuntimeSandbox> Sandboxes { get; init; } = [];

    /// <summary>Newest first.</summary>
    public ImmutableArray<RuntimeContainer> Containers { get; init; } = [];

    public RuntimeSandbox? Sandbox => Sandboxes.IsEmpty ? null : Sandboxes[0];

    /// <summary>The newest instance of the container of that name.</summary>
    public RuntimeContainer? Find(string name)
    {
        foreach (var container in Containers)
        {
            if (container.Name == name)
            {
                return container;
            }
        }

        return null;
    }

    /// <summary>
    /// How the pod is told: a container whose postStart hook has not ended does not run yet.
    /// Source: pkg/kubelet/kuberuntime/kuberuntime_container.go (startContainer), on which the pod's status waits.
    /// </summary>
    public PodRuntimeState AsTold(PodMemory memory) => this with
    {
        Containers =
        [
            .. Containers.Select(container =>
                container.State == RuntimeContainerState.Running && memory.Of(container.Name).IsBeingStarted
                    ? container with { State = RuntimeContainerState.Created } : container),
        ],
    };

    public bool HasRunning => Containers.Any(container => container.State == RuntimeContainerState.Running);
}

/// <summary>One sandbox of a pod. A pod has one at a time; the others are dead ones of earlier attempts.</summary>
public sealed record RuntimeSandbox
{
    public required string Id { get; init; }

    public uint Attempt { get; init; }

    public bool Ready { get; init; }

    public DateTimeOffset CreatedAt { get; init; }

    /// <summary>The pod's addresses, the main one first; empty in the node's network.</summary>
    public ImmutableArray<string> Addresses { get; init; } = [];
}

public enum RuntimeContainerState
{
    Created,
    Running,
    Exited,
    Unknown,
}

/// <summary>One instance of a container.</summary>
public sealed record RuntimeContainer
{
    public required string Id { get; init; }

    public required string Name { get; init; }

    public required string SandboxId { get; init; }

    public RuntimeContainerState State { get; init; }

    /// <summary>How often the container was started again before this instance.</summary>
    public int RestartCount { get; init; }

    public DateTimeOffset CreatedAt { get; init; }

    public DateTimeOffset? StartedAt { get; init; }

    public DateTimeOffset? FinishedAt { get; init; }

    public int ExitCode { get; init; }

    /// <summary>Completed, Error, OOMKilled, StartError, ... as the runtime says.</summary>
    public string Reason { get; init; } = "";

    /// <summary>The termination message, or the runtime's.</summary>
    public string Message { get; init; } = "";

    public string Image { get; init; } = "";

    public string ImageId { get; init; } = "";

    /// <summary>Of the definition that it was made from; empty when unknown.</summary>
    public string Hash { get; init; } = "";

    public string LogPath { get; init; } = "";
}
