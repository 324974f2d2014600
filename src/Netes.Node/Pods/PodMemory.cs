using System.Collections.Immutable;

namespace Netes.Nodes.Pods;

/// <summary>Why a container is not running, as its <c>waiting</c> state shows it.</summary>
public sealed record WaitingReason(string Reason, string Message);

/// <summary>What a probe or an API change asks: this very instance has to end.</summary>
public sealed record KillRequest(string ContainerId, string Message)
{
    /// <summary>The probe's own grace period, if it has one.</summary>
    public TimeSpan? Grace { get; init; }
}

/// <summary>What the agent itself knows of one container. Lost with the agent, and found again by doing.</summary>
public sealed record ContainerMemory
{
    public static ContainerMemory Empty { get; } = new();

    public WaitingReason? Waiting { get; init; }

    /// <summary>Its start, postStart hook included, is under way.</summary>
    public bool IsBeingStarted { get; init; }

    public BackOff? RestartBackOff { get; init; }

    public BackOff? PullBackOff { get; init; }

    /// <summary>No new attempt to start it before this time.</summary>
    public DateTimeOffset? RetryAt { get; init; }

    /// <summary>The instance that the probe results are of.</summary>
    public string ProbedId { get; init; } = "";

    /// <summary>The startup probe has succeeded (or there is none and it runs).</summary>
    public bool Started { get; init; }

    /// <summary>The readiness probe's latest answer; null before the first one.</summary>
    public bool? ReadinessSucceeded { get; init; }

    public KillRequest? Kill { get; init; }
}

/// <summary>What the agent itself knows of one pod.</summary>
public sealed record PodMemory
{
    public static PodMemory Empty { get; } = new();

    public ImmutableDictionary<string, ContainerMemory> Containers { get; init; } =
        ImmutableDictionary<string, ContainerMemory>.Empty;

    /// <summary>No new attempt to set up the sandbox or the volumes before this time.</summary>
    public DateTimeOffset? RetryAt { get; init; }

    /// <summary>Failures in a row of setting up the sandbox or the volumes.</summary>
    public int Failures { get; init; }

    /// <summary>Devices are not ready: a driver that arrives may change that.</summary>
    public bool AwaitsDevices { get; init; }

    public ContainerMemory Of(string name) => Containers.GetValueOrDefault(name, ContainerMemory.Empty);

    public PodMemory With(string name, Func<ContainerMemory, ContainerMemory> change) =>
        this with { Containers = Containers.SetItem(name, change(Of(name))) };
}
